"""Sessions of accounts are rows.

Secrets of second factors stay as they are: with a wrong key they would become nonsense without anybody noticing. The
first right code shows that the key is right, and seals its secret (`web/accounts/factor`); only the way back is here.
"""

from __future__ import annotations

import base64
import hashlib

import sqlalchemy as sa
from alembic import context, op
from click import ClickException
from cryptography.fernet import Fernet, InvalidToken
from flask import current_app
from passlib.totp import TOTP

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
OPEN = "{"
"""How secrets begin that are kept as version 0.1.0 did."""
WRONG_KEY = (
    "SELFCHECK_SECRET_KEY ist ein anderer Schlüssel als der, mit dem die zweiten Faktoren gespeichert sind. Geändert "
    "wurde nichts. Bitte den Schlüssel des Servers eintragen (ohne die Variable steht er im Datenordner in "
    "secret-key)."
)
ACCOUNT = sa.table("account", sa.column("id", sa.Integer()), sa.column("tf_totp_secret", sa.String()))


def upgrade() -> None:
    op.create_table(
        "account_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("browser", sa.String(80), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.CheckConstraint('length("browser") <= 80', name=op.f("ck_account_session_browser_length")),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_session")),
        sa.UniqueConstraint("hash", name=op.f("uq_account_session_hash")),
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"])


def downgrade() -> None:
    _open_secrets()
    op.drop_index(op.f("ix_account_session_account_id"), "account_session")
    op.drop_table("account_session")


def _open_secrets() -> None:
    """Keeps every sealed secret as version 0.1.0 did. What was sealed with a former key stays: nobody can read it.

    Raises `ClickException` where not one can be read: then the key is another one than the server's.
    """
    if context.is_offline_mode():
        return
    connection = op.get_bind()
    stored = sa.select(ACCOUNT.c.id, ACCOUNT.c.tf_totp_secret).where(ACCOUNT.c.tf_totp_secret.is_not(None))
    sealed = [row for row in connection.execute(stored).all() if not row.tf_totp_secret.startswith(OPEN)]
    opened = {row.id: secret for row in sealed if (secret := _open(row.tf_totp_secret)) is not None}
    if sealed and not opened:
        raise ClickException(WRONG_KEY)
    for account_id, secret in opened.items():
        connection.execute(sa.update(ACCOUNT).where(ACCOUNT.c.id == account_id).values(tf_totp_secret=secret))


def _open(sealed: str) -> str | None:
    try:
        return str(_wallet()(key=_fernet().decrypt(sealed.encode()).decode()).to_json(encrypt=True))
    except InvalidToken:
        return None


def _derive(purpose: bytes) -> bytes:
    secret = current_app.config["SECRET_KEY"]
    return hashlib.sha256(purpose + (secret.encode() if isinstance(secret, str) else secret)).digest()


def _wallet() -> type[TOTP]:
    """What the secrets were written with before."""
    wallet: type[TOTP] = TOTP.using(issuer="Selbstcheck", secrets={"1": _derive(b"second factor\n").hex()})
    return wallet


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(_derive(b"second factor, sealed\n")))
