BEGIN TRANSACTION;
CREATE TABLE account (
	id INTEGER NOT NULL, 
	email VARCHAR(254) NOT NULL, 
	name VARCHAR(80) NOT NULL CONSTRAINT ck_account_name_length CHECK (length("name") <= 80), 
	position VARCHAR(20) NOT NULL, 
	password VARCHAR(255), 
	active BOOLEAN NOT NULL, 
	fs_uniquifier VARCHAR(64) NOT NULL, 
	confirmed_at DATETIME, 
	tf_primary_method VARCHAR(64), 
	tf_totp_secret VARCHAR(255), 
	tf_counter INTEGER DEFAULT '0' NOT NULL, 
	mf_recovery_codes JSON, 
	created_at DATETIME NOT NULL, 
	last_seen_at DATETIME NOT NULL, 
	deleted_at DATETIME, 
	CONSTRAINT pk_account PRIMARY KEY (id), 
	CONSTRAINT ck_account_email_length CHECK (length(email) <= 254), 
	CONSTRAINT uq_account_email UNIQUE (email), 
	CONSTRAINT uq_account_fs_uniquifier UNIQUE (fs_uniquifier), 
	CONSTRAINT ck_account_position_known CHECK (position IN ('member', 'advisor', 'operator'))
);
INSERT INTO "account" VALUES(1,'erika.moebius@weissenbrueck.example','Erika Möbius','member','$argon2id$v=19$m=19456,t=2,p=1$4FyL8d67t1bq3XtPac055w$kXKjJrjb14PROwkq7FcKfDenZuCEH/M7fnLJLwc6bC8',1,'erfunden-016-kein-geheimnis','2025-07-01 07:30:05.120000',NULL,NULL,0,NULL,'2025-07-01 07:30:05.120000','2025-07-01 07:30:05.120000',NULL);
INSERT INTO "account" VALUES(2,'joerg.ueberbach@weissenbrueck.example','Jörg Überbach','member','$argon2id$v=19$m=19456,t=2,p=1$yTkHAIDwfu9dS4mRktI6Zw$dR3smrF5pZN/2l4kQx5MW5vZr2VRCpukMxO/NBql0c0',1,'erfunden-023-kein-geheimnis','2025-07-02 07:40:05.120000',NULL,NULL,0,NULL,'2025-07-02 07:40:05.120000','2025-07-02 07:40:05.120000',NULL);
INSERT INTO "account" VALUES(3,'mehmet.yildiz@weissenbrueck.example','Mehmet Yıldız','member','$argon2id$v=19$m=19456,t=2,p=1$be0dQ2jtXUtJaQ2hNIZwjg$ltCEZf9owhX3dmU9fOdR3jvZEmrojpNBEEnKNRUKPUU',1,'erfunden-044-kein-geheimnis','2026-10-06 09:10:00.000000',NULL,NULL,0,NULL,'2026-10-06 09:10:00.000000','2026-10-06 09:10:00.000000',NULL);
INSERT INTO "account" VALUES(4,'betrieb@selbstcheck.example','Oskar Preuß','operator','$argon2id$v=19$m=19456,t=2,p=1$Zuydk7J2rhViDCEkRKi1Fg$aOlS9RRTYoBoB+ewNloKdTf6v/wFj7eLirsSf8nS91o',1,'erfunden-069-kein-geheimnis','2026-11-20 08:00:00.000000','authenticator','{"enckey":{"c":14,"k":"TX3XZHCRADU5VBCUVUBBSOBXZEEPIYU4","s":"7IPSGBFAWRLCVRJYM6WA","t":"1","v":1},"type":"totp","v":1}',59863467,'["f0179610bef417f2791e2ce9c3a31fabe34c12f84dee139b0928e27b4e6d730e", "c9272bfdd5dc6f5ef4754663694dd23ac8fb586d1a5df754ddcf391bff4cd197", "58efe50c8320f32866cc2f3e80ef6c4e146b6efb9e754a799d898a714b2f7bf8", "2e54ac10ec3d3f7b86431223bee345d6f9c72fd4e9e3c67cf2e32cb4c5186608", "ca6494c1b1e3e77bd76b7d1f3205d13f50d7d2c25141e1a2664c6979336d03ff", "bb006bf78471ea64dec0f1e88953c4f7ae581c5ef579d643b15d1fa9111c6675", "269e15892ca6fdff63a85a6a7e354dbf40ac6d5fe9011c8ffeebf712d765dd20"]','2026-11-20 08:00:00.000000','2026-11-20 08:00:00.000000',NULL);
INSERT INTO "account" VALUES(5,'lena.groß@nusshain.example','','member','$argon2id$v=19$m=19456,t=2,p=1$v3cuJcQYA4AwhtD635szhg$BkujC7nPo4p02JY5UORutitt91Aydv+pYXRXWMgBlxM',1,'erfunden-073-kein-geheimnis','2026-11-20 08:00:00.000000',NULL,NULL,0,NULL,'2026-11-20 08:00:00.000000','2026-11-20 08:00:00.000000','2026-11-20 08:00:00.000000');
INSERT INTO "account" VALUES(6,'olga.weiß@muehlenrode.example','Olga Weiß','member','$argon2id$v=19$m=19456,t=2,p=1$I6SU8h4D4FxrDUFIqXXOmQ$E00jDqSRC5Trz+GF3XSnuG8BwqgryfqDiz6wi3MZsGI',1,'erfunden-074-kein-geheimnis',NULL,NULL,NULL,0,NULL,'2026-11-26 08:30:00.000000','2026-11-26 08:30:00.000000',NULL);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE answer (
	check_id INTEGER NOT NULL, 
	question VARCHAR(48) NOT NULL, 
	state VARCHAR(20) NOT NULL, 
	value JSON, 
	reason TEXT NOT NULL CONSTRAINT ck_answer_reason_length CHECK (length("reason") <= 1000), 
	choice_version INTEGER NOT NULL, 
	choice_by VARCHAR(120) NOT NULL CONSTRAINT ck_answer_choice_by_length CHECK (length("choice_by") <= 120), 
	choice_at DATETIME, 
	note TEXT NOT NULL CONSTRAINT ck_answer_note_length CHECK (length("note") <= 5000), 
	note_version INTEGER NOT NULL, 
	note_by VARCHAR(120) NOT NULL CONSTRAINT ck_answer_note_by_length CHECK (length("note_by") <= 120), 
	note_at DATETIME, 
	CONSTRAINT pk_answer PRIMARY KEY (check_id, question), 
	CONSTRAINT fk_answer_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE, 
	CONSTRAINT ck_answer_reason_when_not_applicable CHECK ((state = 'not_applicable') = (reason <> '')), 
	CONSTRAINT ck_answer_state_known CHECK (state IN ('open', 'unclear', 'given', 'not_applicable')), 
	CONSTRAINT ck_answer_value_when_given CHECK ((state = 'given') = (value IS NOT NULL))
);
INSERT INTO "answer" VALUES(1,'beschluss','given','"vertretung"','',2,'Erika Möbius (Koordination)','2026-10-05 07:02:33.000700','Der Magistrat hat am 12.05.2025 zugestimmt.',3,'Koordination','2025-07-05 12:06:05.120000');
INSERT INTO "answer" VALUES(1,'leitbild','given','"ja"','',2,'Erika Möbius (Koordination)','2026-10-05 07:02:33.000700','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'zustaendigkeit','given','"gruppe-und-person"','',2,'Erika Möbius (Koordination)','2026-10-05 07:02:33.000700','',0,'',NULL);
INSERT INTO "answer" VALUES(2,'wohnungssuche','not_applicable',NULL,'Die Gemeinde hat keine eigenen Wohnungen; das übernimmt die Genossenschaft.',1,'Koordination','2025-06-06 14:45:12.345678','',0,'',NULL);
INSERT INTO "answer" VALUES(2,'anlaufstelle','given','"ja"','',1,'Koordination','2025-06-06 14:45:12.345678','Im Bürgerbüro, Zimmer 4',1,'Koordination','2025-06-06 14:45:12.345678');
INSERT INTO "answer" VALUES(1,'demografie-strategie','given','"veraltet"','',1,'Hauptamt','2025-07-02 08:40:05.120000','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'rubrik-neubuerger','given','"unterseite"','',1,'Kollegium','2025-07-02 08:42:05.120000','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'zusammenarbeit','given','["betreuung", "verkehr"]','',1,'Erika Möbius (Koordination)','2026-10-05 07:02:33.000700','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'einladung','given','["brief"]','',3,'Erika Möbius (Koordination)','2026-10-19 13:19:00.000000','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'wohnungssuche','not_applicable',NULL,'Die Wohnungsbaugesellschaft gehört dem Kreis; die Stadt hat keine Wohnungen.',1,'Erika Möbius (Koordination)','2026-10-05 07:09:33.000700','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'willkommenspaket','given','"nachfrage"','',1,'Erika Möbius (Koordination)','2026-10-05 07:09:33.000700','Alle bekommen es bei der Anmeldung.',2,'Änne Österle (Stadtmarketing)','2026-10-19 12:52:00.000000');
INSERT INTO "answer" VALUES(1,'servicezeiten','given','["frueh", "samstags"]','',2,'Bärbel Süß (Ordnungsamt)','2026-10-07 05:44:00.000000','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'veranstaltungen','given','"2"','',1,'Erika Möbius (Koordination)','2026-10-05 07:09:33.000700','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'paket-inhalt','given','["broschuere", "gutscheine", "stadtplan"]','',1,'Erika Möbius (Koordination)','2026-10-05 07:09:33.000700','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'lotsen','unclear',NULL,'',1,'Erika Möbius (Koordination)','2026-10-05 07:09:33.000700','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'anlaufstelle','given','"ja"','',1,'Erika Möbius (Koordination)','2026-10-05 07:09:33.000700','Bürgerbüro am Marktplatz, täglich geöffnet.
Auch samstags von 9 bis 12 Uhr.',1,'Erika Möbius (Koordination)','2026-10-05 07:09:33.000700');
INSERT INTO "answer" VALUES(1,'kita-zentral','given','"alle-traeger"','',1,'Erika Möbius (Koordination)','2026-10-05 07:16:33.000700','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'notfallbetreuung','open',NULL,'',2,'Erika Möbius (Koordination)','2026-10-05 07:25:33.000700','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'quote-u3','given','"38.5"','',1,'Erika Möbius (Koordination)','2026-10-05 07:16:33.000700','Stand 1. März 2026',1,'Erika Möbius (Koordination)','2026-10-05 07:16:33.000700');
INSERT INTO "answer" VALUES(1,'internet-englisch','open',NULL,'',0,'',NULL,'Fragt Änne Österle bei der IT.',1,'Erika Möbius (Koordination)','2026-10-05 07:25:33.000700');
INSERT INTO "answer" VALUES(1,'bauvorhaben','given','"Neubaugebiet \u201eS\u00fc\u00dfer Grund\u201c, 84 Wohnungen; Umbau der alten F\u00e4rberei."','',1,'Udo Grün (Bauamt)','2026-10-06 09:40:00.000000','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'gigabit','given','"71"','',1,'Udo Grün (Bauamt)','2026-10-06 09:40:00.000000','',0,'',NULL);
INSERT INTO "answer" VALUES(1,'wohnangebot','given','["eigentum", "miete", "neubau"]','',1,'Udo Grün (Bauamt)','2026-10-06 09:40:00.000000','Die Färberei folgt 2028.',1,'Udo Grün (Bauamt)','2026-10-07 05:44:00.000000');
INSERT INTO "answer" VALUES(1,'belegplaetze','open',NULL,'',0,'',NULL,'Dazu liegt uns nichts vor.',1,'Kämmerei','2026-10-07 05:44:00.000000');
INSERT INTO "answer" VALUES(1,'freizeit-information','given','["broschuere", "kalender"]','',1,'Götz Häberle (Kulturamt & Stadtbücherei)','2026-10-07 05:44:00.000000','',0,'',NULL);
INSERT INTO "answer" VALUES(2,'beschluss','given','"nein"','',1,'Koordination','2026-11-02 10:00:00.000000','',0,'',NULL);
INSERT INTO "answer" VALUES(2,'leitbild','unclear',NULL,'',1,'Koordination','2026-11-02 10:00:00.000000','',0,'',NULL);
CREATE TABLE assignment (
	id INTEGER NOT NULL, 
	check_id INTEGER NOT NULL, 
	link_id INTEGER NOT NULL, 
	question VARCHAR(48) NOT NULL, 
	created_at DATETIME NOT NULL, 
	declined_at DATETIME, 
	CONSTRAINT pk_assignment PRIMARY KEY (id), 
	CONSTRAINT fk_assignment_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE, 
	CONSTRAINT fk_assignment_link_id FOREIGN KEY(link_id) REFERENCES link (id) ON DELETE CASCADE, 
	CONSTRAINT uq_assignment_link_id_question UNIQUE (link_id, question)
);
INSERT INTO "assignment" VALUES(1,1,11,'demografie-strategie','2026-10-05 07:25:33.000700',NULL);
INSERT INTO "assignment" VALUES(2,1,11,'wohnangebot','2026-10-05 07:25:33.000700',NULL);
INSERT INTO "assignment" VALUES(3,1,11,'bauvorhaben','2026-10-05 07:25:33.000700',NULL);
INSERT INTO "assignment" VALUES(5,1,11,'ortskern','2026-10-05 07:25:33.000700','2026-10-06 09:42:00.000000');
INSERT INTO "assignment" VALUES(6,1,12,'betreuung-beratung','2026-10-05 07:25:33.000700',NULL);
INSERT INTO "assignment" VALUES(7,1,12,'ganztag-grundschule','2026-10-05 07:25:33.000700',NULL);
INSERT INTO "assignment" VALUES(8,1,13,'servicezeiten','2026-10-05 07:25:33.000700',NULL);
INSERT INTO "assignment" VALUES(10,1,15,'freizeit-information','2026-10-05 07:25:33.000700',NULL);
INSERT INTO "assignment" VALUES(12,1,15,'gigabit','2026-10-07 06:14:00.000000',NULL);
INSERT INTO "assignment" VALUES(13,1,9,'internet-englisch','2026-10-12 07:23:00.000000',NULL);
INSERT INTO "assignment" VALUES(14,1,9,'notfallbetreuung','2026-10-12 07:32:00.000000',NULL);
INSERT INTO "assignment" VALUES(15,1,5,'kita-zentral','2026-10-12 07:23:00.000000',NULL);
CREATE TABLE attempt (
	id INTEGER NOT NULL, 
	kind VARCHAR(20) NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_attempt PRIMARY KEY (id)
);
INSERT INTO "attempt" VALUES(1,'account form','bc5d0c159da6beb43c12f52cf980ccdee2f7d556247d9c995e0c197690cb9bc1','2026-11-26 08:30:00.000000');
INSERT INTO "attempt" VALUES(2,'confirm mail','86fe5685c89e9f3efc5fc83383146ee355d495629833c68a0aa07e12da2dc798','2026-11-26 08:30:00.000000');
INSERT INTO "attempt" VALUES(3,'confirm anywhere','7bcaba5f2003f24cfda9913517f42a0b3e8202878eee560e7e0d4e4757c4a530','2026-11-26 08:30:00.000000');
INSERT INTO "attempt" VALUES(4,'sign-in here','1876cce7ea72aaeed908ec9f5e52204199b99e7abfeae9de7c82bf134c9e6172','2026-11-26 08:30:00.000000');
INSERT INTO "attempt" VALUES(5,'sign-in','481c29bc7d2a889334cdeeb4bce5da040ac6a9c3920c0cc0dbb6ea764c4bbbe2','2026-11-26 08:30:00.000000');
INSERT INTO "attempt" VALUES(6,'sign-in anywhere','a4724078ccae1b2a69d6840314e00cd8fe9727677b0e96fea2ee2b500a0d623e','2026-11-26 08:30:00.000000');
INSERT INTO "attempt" VALUES(7,'token','bcccdd53ea8c42be413bf18b9b7cb92c2f1e5a1f1205155b6d2d1c52d907d75f','2026-11-26 08:30:00.000000');
CREATE TABLE "change" (
	id INTEGER NOT NULL, 
	check_id INTEGER NOT NULL, 
	part VARCHAR(20) NOT NULL, 
	subject VARCHAR(120) NOT NULL, 
	"before" JSON, 
	"after" JSON, 
	"by" VARCHAR(120) NOT NULL, 
	grant_id INTEGER, 
	at DATETIME NOT NULL, 
	decided BOOLEAN DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_change PRIMARY KEY (id), 
	CONSTRAINT ck_change_by_length CHECK (length("by") <= 120), 
	CONSTRAINT fk_change_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE, 
	CONSTRAINT fk_change_grant_id FOREIGN KEY(grant_id) REFERENCES grant (id) ON DELETE SET NULL
);
INSERT INTO "change" VALUES(1,1,'check','7f5da999f6ddf0e136a4',NULL,'"begun"','Koordination',NULL,'2025-06-02 07:15:12.345678',0);
INSERT INTO "change" VALUES(2,1,'choice','beschluss','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "vorstand", "reason": ""}','Koordination',1,'2025-06-02 07:19:12.345678',0);
INSERT INTO "change" VALUES(3,1,'note','beschluss',NULL,'{"removed": {"on": "2025-07-05", "by": "Koordination"}}','Koordination',1,'2025-06-02 07:19:12.345678',0);
INSERT INTO "change" VALUES(4,1,'evidence','3c2342eb64515936991e15f78cf380ce9bbe87d1476010297a46871cdf7ca5f3',NULL,'{"question": "beschluss", "usual": true, "title": "Auszug aus der Niederschrift", "available": true, "link": "", "file_number": "10-04/25", "page": "3", "valid_until": null}','Koordination',1,'2025-06-02 07:19:12.345678',0);
INSERT INTO "change" VALUES(5,1,'choice','leitbild','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "teilweise", "reason": ""}','Koordination',1,'2025-06-02 07:30:12.345678',0);
INSERT INTO "change" VALUES(6,1,'evidence','c75d101fd36368c4c0c55d60f366a8a18376f7f80279465d18602b07540f456b',NULL,'{"question": "leitbild", "usual": false, "title": "Entwurf \u201eWei\u00dfenbr\u00fcck 2040\u201c", "available": false, "link": "", "file_number": "", "page": "", "valid_until": null}','Koordination',1,'2025-06-02 07:30:12.345678',0);
INSERT INTO "change" VALUES(7,1,'choice','zustaendigkeit','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "eines-von-beiden", "reason": ""}','Koordination',NULL,'2025-06-03 09:34:12.345678',0);
INSERT INTO "change" VALUES(8,1,'share','2b356dd272ce6313c2c1',NULL,'{"label": "IHK Beispielland", "ends_on": "2025-07-31"}','Koordination',1,'2025-06-05 09:34:12.345678',0);
INSERT INTO "change" VALUES(9,1,'share','2b356dd272ce6313c2c1','{"label": "IHK Beispielland"}',NULL,'Koordination',1,'2025-06-05 09:34:12.345678',0);
INSERT INTO "change" VALUES(10,1,'share','afc409c2c10acd143c26',NULL,'{"label": "IHK Beispielland", "ends_on": "2025-07-31"}','Koordination',1,'2025-06-05 09:36:12.345678',0);
INSERT INTO "change" VALUES(11,2,'check','151cb7594e51bb66b006',NULL,'"begun"','Koordination',NULL,'2025-06-06 14:36:12.345678',0);
INSERT INTO "change" VALUES(12,2,'choice','anlaufstelle','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "ja", "reason": ""}','Koordination',4,'2025-06-06 14:45:12.345678',0);
INSERT INTO "change" VALUES(13,2,'note','anlaufstelle',NULL,'"Im B\u00fcrgerb\u00fcro, Zimmer 4"','Koordination',4,'2025-06-06 14:45:12.345678',0);
INSERT INTO "change" VALUES(14,2,'choice','wohnungssuche','{"state": "open", "value": null, "reason": ""}','{"state": "not_applicable", "value": null, "reason": "Die Gemeinde hat keine eigenen Wohnungen; das \u00fcbernimmt die Genossenschaft."}','Koordination',4,'2025-06-06 14:45:12.345678',0);
INSERT INTO "change" VALUES(15,1,'team','',NULL,'{"event": "taken_over", "label": "Erika M\u00f6bius"}','Erika Möbius (Koordination)',1,'2025-07-01 07:32:05.120000',0);
INSERT INTO "change" VALUES(16,1,'details','','{"municipality": "Wei\u00dfenbr\u00fcck an der L\u00fchne", "district": "06431", "land": "HE", "place": "mittelzentrum", "audit": "renewal", "interview": null, "contact_name": "", "contact_office": "", "contact_phone": "", "contact_mail": ""}','{"municipality": "Wei\u00dfenbr\u00fcck an der L\u00fchne", "district": "06431", "land": "HE", "place": "mittelzentrum", "audit": "renewal", "interview": "2027-06-15", "contact_name": "Erika M\u00f6bius", "contact_office": "Stabsstelle Stadtmarketing", "contact_phone": "06251 0000-17", "contact_mail": "erika.moebius@weissenbrueck.example"}','Erika Möbius (Koordination)',1,'2025-07-01 07:34:05.120000',0);
INSERT INTO "change" VALUES(17,1,'team','27cafaf5141484825416',NULL,'{"event": "invited", "label": "Hauptamt", "questions": [], "role": "colleague", "due_on": null, "ends_on": null}','Erika Möbius (Koordination)',1,'2025-07-01 07:40:05.120000',0);
INSERT INTO "change" VALUES(18,1,'team','ceaed87262c09247352b',NULL,'{"event": "invited", "label": "Kollegium", "questions": [], "role": "colleague", "due_on": null, "ends_on": "2026-06-30"}','Erika Möbius (Koordination)',1,'2025-07-01 07:40:05.120000',0);
INSERT INTO "change" VALUES(19,1,'choice','demografie-strategie','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "veraltet", "reason": ""}','Hauptamt',NULL,'2025-07-02 08:40:05.120000',0);
INSERT INTO "change" VALUES(20,1,'evidence','7c9dfa57ee545fc5133d84fca033ae7009851b4c7932606897739f524f0fb924',NULL,'{"question": "demografie-strategie", "usual": false, "title": "Demografiebericht 2019", "available": true, "link": "", "file_number": "", "page": "12\u201315", "valid_until": null}','Hauptamt',NULL,'2025-07-02 08:40:05.120000',0);
INSERT INTO "change" VALUES(21,1,'choice','rubrik-neubuerger','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "unterseite", "reason": ""}','Kollegium',7,'2025-07-02 08:42:05.120000',0);
INSERT INTO "change" VALUES(22,1,'team','',NULL,'{"event": "promoted", "label": ""}','Erika Möbius (Koordination)',1,'2025-07-05 08:42:05.120000',0);
INSERT INTO "change" VALUES(23,1,'comment','leitbild',NULL,'{"event": "asked"}','Koordination',NULL,'2025-07-05 11:42:05.120000',0);
INSERT INTO "change" VALUES(24,1,'state','1',NULL,'"Vor der Sommerpause 2025"','Koordination',NULL,'2025-07-05 11:42:05.120000',0);
INSERT INTO "change" VALUES(25,1,'redaction','beschluss',NULL,'{"part": "note", "reason": "Name einer Mitarbeiterin"}','Koordination',NULL,'2025-07-05 12:02:05.120000',0);
INSERT INTO "change" VALUES(26,1,'note','beschluss',NULL,'"Der Magistrat hat am 12.05.2025 zugestimmt."','Koordination',NULL,'2025-07-05 12:06:05.120000',0);
INSERT INTO "change" VALUES(27,1,'team','',NULL,'{"event": "left", "label": "Koordination"}','Koordination',NULL,'2025-08-15 08:00:00.000000',0);
INSERT INTO "change" VALUES(28,1,'choice','beschluss','{"state": "given", "value": "vorstand", "reason": ""}','{"state": "given", "value": "vertretung", "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:02:33.000700',0);
INSERT INTO "change" VALUES(29,1,'evidence','dccd339d8800afbfd04e060083c8101d81f87fb3c4662d4f3fca7bc5fbf8343a',NULL,'{"question": "beschluss", "usual": true, "title": "Bekanntmachung des Beschlusses", "available": true, "link": "https://www.weissenbrueck.example/beschluesse?nr=10-04", "file_number": "", "page": "", "valid_until": "2028-12-31"}','Erika Möbius (Koordination)',1,'2026-10-05 07:02:33.000700',0);
INSERT INTO "change" VALUES(30,1,'choice','leitbild','{"state": "given", "value": "teilweise", "reason": ""}','{"state": "given", "value": "ja", "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:02:33.000700',0);
INSERT INTO "change" VALUES(31,1,'evidence','7ce5085d66a48c619458bf65588ea7d193ce3cb33d473eadc0c84c28dc63d70a',NULL,'{"question": "leitbild", "usual": true, "title": "Leitbild oder Auszug aus dem Konzept", "available": true, "link": "", "file_number": "10-04/26 \u201eLeitbild\u201c", "page": "4", "valid_until": null}','Erika Möbius (Koordination)',1,'2026-10-05 07:02:33.000700',0);
INSERT INTO "change" VALUES(32,1,'choice','zustaendigkeit','{"state": "given", "value": "eines-von-beiden", "reason": ""}','{"state": "given", "value": "gruppe-und-person", "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:02:33.000700',0);
INSERT INTO "change" VALUES(33,1,'choice','zusammenarbeit','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": ["betreuung", "verkehr"], "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:02:33.000700',0);
INSERT INTO "change" VALUES(34,1,'evidence','991569f335385758beb124416cb5f3ac3bbda7ae65686984589a1ceacafbf20d',NULL,'{"question": "zusammenarbeit", "usual": false, "title": "Zweckverband Nahverkehr L\u00fchnetal: Satzung", "available": true, "link": "https://zvn-luehnetal.example/satzung.pdf", "file_number": "", "page": "", "valid_until": "2026-12-31"}','Erika Möbius (Koordination)',1,'2026-10-05 07:02:33.000700',0);
INSERT INTO "change" VALUES(35,1,'choice','anlaufstelle','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "ja", "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:09:33.000700',0);
INSERT INTO "change" VALUES(36,1,'note','anlaufstelle',NULL,'"B\u00fcrgerb\u00fcro am Marktplatz, t\u00e4glich ge\u00f6ffnet.\nAuch samstags von 9 bis 12 Uhr."','Erika Möbius (Koordination)',1,'2026-10-05 07:09:33.000700',0);
INSERT INTO "change" VALUES(37,1,'evidence','0f01ebc7d6fb3f4742d4a06260338dae1c002b254a4f8a333a3c0559f803c426',NULL,'{"question": "anlaufstelle", "usual": true, "title": "Seite im Internetauftritt", "available": true, "link": "https://www.weissenbrueck.example/buergerbuero", "file_number": "", "page": "", "valid_until": null}','Erika Möbius (Koordination)',1,'2026-10-05 07:09:33.000700',0);
INSERT INTO "change" VALUES(38,1,'choice','willkommenspaket','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "nachfrage", "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:09:33.000700',0);
INSERT INTO "change" VALUES(39,1,'choice','paket-inhalt','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": ["broschuere", "gutscheine", "stadtplan"], "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:09:33.000700',0);
INSERT INTO "change" VALUES(40,1,'choice','veranstaltungen','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "2", "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:09:33.000700',0);
INSERT INTO "change" VALUES(41,1,'choice','einladung','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": ["brief"], "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:09:33.000700',0);
INSERT INTO "change" VALUES(42,1,'choice','servicezeiten','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": [], "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:09:33.000700',0);
INSERT INTO "change" VALUES(43,1,'choice','lotsen','{"state": "open", "value": null, "reason": ""}','{"state": "unclear", "value": null, "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:09:33.000700',0);
INSERT INTO "change" VALUES(44,1,'choice','wohnungssuche','{"state": "open", "value": null, "reason": ""}','{"state": "not_applicable", "value": null, "reason": "Die Wohnungsbaugesellschaft geh\u00f6rt dem Kreis; die Stadt hat keine Wohnungen."}','Erika Möbius (Koordination)',1,'2026-10-05 07:09:33.000700',0);
INSERT INTO "change" VALUES(45,1,'choice','kita-zentral','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "alle-traeger", "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:16:33.000700',0);
INSERT INTO "change" VALUES(46,1,'choice','quote-u3','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "38.5", "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:16:33.000700',0);
INSERT INTO "change" VALUES(47,1,'note','quote-u3',NULL,'"Stand 1. M\u00e4rz 2026"','Erika Möbius (Koordination)',1,'2026-10-05 07:16:33.000700',0);
INSERT INTO "change" VALUES(48,1,'evidence','dbe3bd49d6808ef8bbb2dc48709af7cd17fd99d9c64cebbdfb20f0b1e1d6b7e0',NULL,'{"question": "quote-u3", "usual": true, "title": "Statistik der Betreuungspl\u00e4tze", "available": true, "link": "", "file_number": "51/U3-2026", "page": "Anlage 2", "valid_until": null}','Erika Möbius (Koordination)',1,'2026-10-05 07:16:33.000700',0);
INSERT INTO "change" VALUES(49,1,'choice','notfallbetreuung','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "nein", "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:16:33.000700',0);
INSERT INTO "change" VALUES(50,1,'choice','notfallbetreuung','{"state": "given", "value": "nein", "reason": ""}','{"state": "open", "value": null, "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-05 07:25:33.000700',0);
INSERT INTO "change" VALUES(51,1,'note','internet-englisch',NULL,'"Fragt \u00c4nne \u00d6sterle bei der IT."','Erika Möbius (Koordination)',1,'2026-10-05 07:25:33.000700',0);
INSERT INTO "change" VALUES(52,1,'team','1a88fba0ff19c429594a',NULL,'{"event": "invited", "label": "Stadtmarketing", "questions": [], "role": "colleague", "due_on": null, "ends_on": null}','Erika Möbius (Koordination)',1,'2026-10-05 07:25:33.000700',0);
INSERT INTO "change" VALUES(53,1,'team','7fc3dfa74667fff17fcb',NULL,'{"event": "invited", "label": "Wirtschaftsf\u00f6rderung", "questions": [], "role": "colleague", "due_on": null, "ends_on": "2027-09-30"}','Erika Möbius (Koordination)',1,'2026-10-05 07:25:33.000700',0);
INSERT INTO "change" VALUES(54,1,'team','a3421d7526945f75c2fa',NULL,'{"event": "invited", "label": "Bauamt", "questions": ["demografie-strategie", "wohnangebot", "bauvorhaben", "gigabit", "ortskern"], "role": "office", "due_on": "2026-11-20", "ends_on": "2027-01-31"}','Erika Möbius (Koordination)',1,'2026-10-05 07:25:33.000700',0);
INSERT INTO "change" VALUES(55,1,'team','bbf04722077c7a51bd2d',NULL,'{"event": "invited", "label": "Kita-Verwaltung", "questions": ["betreuung-beratung", "ganztag-grundschule"], "role": "office", "due_on": "2026-11-27", "ends_on": "2027-03-31"}','Erika Möbius (Koordination)',1,'2026-10-05 07:25:33.000700',0);
INSERT INTO "change" VALUES(56,1,'team','ae67272263fb50ffbff4',NULL,'{"event": "invited", "label": "Ordnungsamt", "questions": ["servicezeiten"], "role": "office", "due_on": "2026-10-20", "ends_on": "2026-10-31"}','Erika Möbius (Koordination)',1,'2026-10-05 07:25:33.000700',0);
INSERT INTO "change" VALUES(57,1,'team','11033e0cba57cf24d9b0',NULL,'{"event": "invited", "label": "K\u00e4mmerei", "questions": ["belegplaetze"], "role": "office", "due_on": "2026-10-30", "ends_on": "2026-11-29"}','Erika Möbius (Koordination)',1,'2026-10-05 07:25:33.000700',0);
INSERT INTO "change" VALUES(58,1,'team','b6b8e8d6478003000558',NULL,'{"event": "invited", "label": "Kulturamt & Stadtb\u00fccherei", "questions": ["freizeit-information", "mitmachen"], "role": "office", "due_on": "2026-12-04", "ends_on": "2027-01-03"}','Erika Möbius (Koordination)',1,'2026-10-05 07:25:33.000700',0);
INSERT INTO "change" VALUES(59,1,'choice','wohnangebot','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": ["eigentum", "miete", "neubau"], "reason": ""}','Udo Grün (Bauamt)',10,'2026-10-06 09:40:00.000000',0);
INSERT INTO "change" VALUES(60,1,'evidence','be48ac5442fb63a2c94d66711ad587158453c4625bbf314c4e83420a6ad48851',NULL,'{"question": "wohnangebot", "usual": false, "title": "\u00dcbersicht der Baugebiete 2026", "available": true, "link": "", "file_number": "61.2-08", "page": "2", "valid_until": null}','Udo Grün (Bauamt)',10,'2026-10-06 09:40:00.000000',0);
INSERT INTO "change" VALUES(61,1,'choice','bauvorhaben','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "Neubaugebiet \u201eS\u00fc\u00dfer Grund\u201c, 84 Wohnungen; Umbau der alten F\u00e4rberei.", "reason": ""}','Udo Grün (Bauamt)',10,'2026-10-06 09:40:00.000000',0);
INSERT INTO "change" VALUES(62,1,'choice','gigabit','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "71", "reason": ""}','Udo Grün (Bauamt)',10,'2026-10-06 09:40:00.000000',0);
INSERT INTO "change" VALUES(63,1,'charge','ortskern',NULL,'"declined"','Udo Grün (Bauamt)',10,'2026-10-06 09:42:00.000000',0);
INSERT INTO "change" VALUES(64,1,'charge','gigabit',NULL,'"declined"','Udo Grün (Bauamt)',10,'2026-10-06 09:43:00.000000',0);
INSERT INTO "change" VALUES(65,1,'message','a3421d7526945f75c2fa',NULL,'"Die Zahlen zum Breitband hat die Wirtschaftsf\u00f6rderung.\n\nF\u00fcr den Ortskern ist das B\u00fcro Gr\u00fcnspan zust\u00e4ndig."','Udo Grün (Bauamt)',10,'2026-10-06 09:44:00.000000',0);
INSERT INTO "change" VALUES(66,1,'return','a3421d7526945f75c2fa',NULL,'"returned"','Udo Grün (Bauamt)',10,'2026-10-06 09:44:00.000000',0);
INSERT INTO "change" VALUES(67,1,'note','wohnangebot',NULL,'"Die F\u00e4rberei folgt 2028."','Udo Grün (Bauamt)',10,'2026-10-07 05:44:00.000000',0);
INSERT INTO "change" VALUES(68,1,'choice','servicezeiten','{"state": "given", "value": [], "reason": ""}','{"state": "given", "value": ["frueh", "samstags"], "reason": ""}','Bärbel Süß (Ordnungsamt)',12,'2026-10-07 05:44:00.000000',0);
INSERT INTO "change" VALUES(69,1,'evidence','e4f82795591cdd4349e54595f62afa9c1016b50161863accc2736653155cf384',NULL,'{"question": "servicezeiten", "usual": false, "title": "Aushang am Rathaus", "available": false, "link": "", "file_number": "", "page": "", "valid_until": null}','Bärbel Süß (Ordnungsamt)',12,'2026-10-07 05:44:00.000000',0);
INSERT INTO "change" VALUES(70,1,'note','belegplaetze',NULL,'"Dazu liegt uns nichts vor."','Kämmerei',11,'2026-10-07 05:44:00.000000',0);
INSERT INTO "change" VALUES(71,1,'choice','freizeit-information','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": ["broschuere", "kalender"], "reason": ""}','Götz Häberle (Kulturamt & Stadtbücherei)',13,'2026-10-07 05:44:00.000000',0);
INSERT INTO "change" VALUES(72,1,'message','b6b8e8d6478003000558',NULL,'"Den Rest schicken wir bis Nikolaus."','Götz Häberle (Kulturamt & Stadtbücherei)',13,'2026-10-07 05:44:00.000000',0);
INSERT INTO "change" VALUES(73,1,'team','11033e0cba57cf24d9b0',NULL,'{"event": "withdrawn", "label": "K\u00e4mmerei"}','Erika Möbius (Koordination)',1,'2026-10-07 06:14:00.000000',0);
INSERT INTO "change" VALUES(74,1,'team','a3421d7526945f75c2fa',NULL,'{"event": "reassigned", "label": "Bauamt", "question": "gigabit", "to": "Kulturamt & Stadtb\u00fccherei"}','Erika Möbius (Koordination)',1,'2026-10-07 06:14:00.000000',0);
INSERT INTO "change" VALUES(75,1,'team','bbf04722077c7a51bd2d',NULL,'{"event": "issued", "label": "Kita-Verwaltung"}','Erika Möbius (Koordination)',1,'2026-10-07 06:14:00.000000',0);
INSERT INTO "change" VALUES(76,1,'team','b6b8e8d6478003000558',NULL,'{"event": "extended", "label": "Kulturamt & Stadtb\u00fccherei", "due_on": "2026-12-11", "ends_on": "2027-02-28"}','Erika Möbius (Koordination)',1,'2026-10-07 06:14:00.000000',0);
INSERT INTO "change" VALUES(77,1,'team','b6b8e8d6478003000558',NULL,'{"event": "asked", "label": "Kulturamt & Stadtb\u00fccherei", "added": [], "removed": ["mitmachen"]}','Erika Möbius (Koordination)',1,'2026-10-07 06:14:00.000000',0);
INSERT INTO "change" VALUES(78,1,'comment','internet-englisch',NULL,'{"event": "asked"}','Änne Österle (Stadtmarketing)',8,'2026-10-12 06:55:00.000000',0);
INSERT INTO "change" VALUES(79,1,'comment','internet-englisch',NULL,'{"event": "asked"}','Erika Möbius (Koordination)',1,'2026-10-12 07:10:00.000000',0);
INSERT INTO "change" VALUES(80,1,'comment','internet-englisch',NULL,'{"event": "resolved"}','Änne Österle (Stadtmarketing)',8,'2026-10-12 07:14:00.000000',0);
INSERT INTO "change" VALUES(81,1,'comment','belegplaetze',NULL,'{"event": "asked"}','Mehmet Yıldız (Wirtschaftsförderung)',9,'2026-10-12 07:14:00.000000',0);
INSERT INTO "change" VALUES(82,1,'comment','belegplaetze',NULL,'{"event": "asked"}','Änne Österle (Stadtmarketing)',8,'2026-10-12 07:14:00.000000',0);
INSERT INTO "change" VALUES(83,1,'comment','belegplaetze',NULL,'{"event": "asked"}','Änne Österle (Stadtmarketing)',8,'2026-10-12 07:14:00.000000',0);
INSERT INTO "change" VALUES(84,1,'comment','belegplaetze',NULL,'{"event": "removed"}','Änne Österle (Stadtmarketing)',8,'2026-10-12 07:23:00.000000',0);
INSERT INTO "change" VALUES(85,1,'redaction','4',NULL,'{"part": "comment", "question": "belegplaetze"}','Erika Möbius (Koordination)',1,'2026-10-12 07:23:00.000000',0);
INSERT INTO "change" VALUES(86,1,'assignment','internet-englisch',NULL,'{"name": "\u00c4nne \u00d6sterle", "place": "Stadtmarketing"}','Erika Möbius (Koordination)',1,'2026-10-12 07:23:00.000000',0);
INSERT INTO "change" VALUES(87,1,'assignment','notfallbetreuung',NULL,'{"name": "Mehmet Y\u0131ld\u0131z", "place": "Wirtschaftsf\u00f6rderung"}','Erika Möbius (Koordination)',1,'2026-10-12 07:23:00.000000',0);
INSERT INTO "change" VALUES(88,1,'assignment','kita-zentral',NULL,'{"name": "Erika M\u00f6bius", "place": "Koordination"}','Erika Möbius (Koordination)',1,'2026-10-12 07:23:00.000000',0);
INSERT INTO "change" VALUES(89,1,'assignment','notfallbetreuung','{"name": "Mehmet Y\u0131ld\u0131z", "place": "Wirtschaftsf\u00f6rderung"}','{"name": "\u00c4nne \u00d6sterle", "place": "Stadtmarketing"}','Mehmet Yıldız (Wirtschaftsförderung)',9,'2026-10-12 07:32:00.000000',0);
INSERT INTO "change" VALUES(90,1,'step','team:contact','{"own": false, "done": false, "person": "", "note": "", "title": "", "due": null, "group": ""}','{"own": false, "done": true, "person": "\u00c4nne \u00d6sterle", "note": "Angerufen am 8. Oktober;\nR\u00fcckruf zugesagt.", "title": "", "due": null, "group": ""}','Änne Österle (Stadtmarketing)',8,'2026-10-12 07:52:00.000000',0);
INSERT INTO "change" VALUES(91,1,'step','own:63012d7226edec895d10ec6d3672f964',NULL,'{"own": true, "done": false, "person": "\u00c4nne \u00d6sterle", "note": "", "title": "Pressetermin mit dem B\u00fcrgermeister", "due": "2027-05-03", "group": ""}','Änne Österle (Stadtmarketing)',8,'2026-10-12 07:52:00.000000',0);
INSERT INTO "change" VALUES(92,1,'step','own:61aa16f267b655238cd437dad370cdea',NULL,'{"own": true, "done": false, "person": "", "note": "", "title": "Fotos vom B\u00fcrgerb\u00fcro machen", "due": null, "group": ""}','Änne Österle (Stadtmarketing)',8,'2026-10-12 07:52:00.000000',0);
INSERT INTO "change" VALUES(93,1,'step','own:f7a241127b76ea41742a840e18e32b13',NULL,'{"own": true, "done": false, "person": "", "note": "", "title": "Flyer f\u00fcr das Neub\u00fcrgerfest drucken", "due": null, "group": "zuzug-leicht-gemacht"}','Änne Österle (Stadtmarketing)',8,'2026-10-12 07:52:00.000000',0);
INSERT INTO "change" VALUES(94,1,'step','own:61aa16f267b655238cd437dad370cdea','{"own": true, "done": false, "person": "", "note": "", "title": "Fotos vom B\u00fcrgerb\u00fcro machen", "due": null, "group": ""}',NULL,'Änne Österle (Stadtmarketing)',8,'2026-10-12 07:55:00.000000',0);
INSERT INTO "change" VALUES(95,1,'goal','1',NULL,'{"title": "Internetseiten auf Englisch", "criterion": "auslaendische-fachkraefte", "start": "Nur Deutsch", "measure": "Die zwanzig wichtigsten Seiten \u00fcbersetzen lassen.\nEine Person pflegt sie.", "metric": "Zahl der Seiten", "metric_now": "0", "metric_target": "20", "due": "2028-12-31", "person": "\u00c4nne \u00d6sterle"}','Erika Möbius (Koordination)',1,'2026-10-12 07:55:00.000000',0);
INSERT INTO "change" VALUES(96,1,'goal','2',NULL,'{"title": "Lotsinnen f\u00fcr Neub\u00fcrger", "criterion": "", "start": "", "measure": "", "metric": "", "metric_now": "", "metric_target": "", "due": null, "person": ""}','Erika Möbius (Koordination)',1,'2026-10-12 07:55:00.000000',0);
INSERT INTO "change" VALUES(97,1,'goal','3',NULL,'{"title": "Gl\u00e4serne Stadt", "criterion": "", "start": "", "measure": "", "metric": "", "metric_now": "", "metric_target": "", "due": null, "person": ""}','Mehmet Yıldız (Wirtschaftsförderung)',9,'2026-10-12 07:55:00.000000',0);
INSERT INTO "change" VALUES(98,1,'goal','3','{"title": "Gl\u00e4serne Stadt", "criterion": "", "start": "", "measure": "", "metric": "", "metric_now": "", "metric_target": "", "due": null, "person": ""}',NULL,'Mehmet Yıldız (Wirtschaftsförderung)',9,'2026-10-12 07:56:00.000000',0);
INSERT INTO "change" VALUES(99,1,'past_goal','1',NULL,'{"title": "Radwege zum Gewerbegebiet", "achieved": true, "documented": true, "evidence": "Bericht des Tiefbauamts, S. 7"}','Erika Möbius (Koordination)',1,'2026-10-12 07:56:00.000000',0);
INSERT INTO "change" VALUES(100,1,'past_goal','2',NULL,'{"title": "Jugendraum \u00f6ffnen", "achieved": false, "documented": false, "evidence": "Steht noch aus"}','Erika Möbius (Koordination)',1,'2026-10-12 07:56:00.000000',0);
INSERT INTO "change" VALUES(101,1,'past_goal','3',NULL,'{"title": "Doppelt eingetragen", "achieved": false, "documented": false, "evidence": ""}','Erika Möbius (Koordination)',1,'2026-10-12 07:56:00.000000',0);
INSERT INTO "change" VALUES(102,1,'past_goal','3','{"title": "Doppelt eingetragen", "achieved": false, "documented": false, "evidence": ""}',NULL,'Erika Möbius (Koordination)',1,'2026-10-12 07:57:00.000000',0);
INSERT INTO "change" VALUES(103,1,'project','1',NULL,'{"title": "Jobmesse \u201eZur\u00fcck nach Wei\u00dfenbr\u00fcck\u201c", "description": "J\u00e4hrlich am 27. Dezember", "effect": "2025 kamen 180 G\u00e4ste.", "documented": true, "evidence": "Pressebericht vom 29.12.2025"}','Erika Möbius (Koordination)',1,'2026-10-12 07:57:00.000000',0);
INSERT INTO "change" VALUES(104,1,'project','2',NULL,'{"title": "Br\u00fcckenfest", "description": "", "effect": "", "documented": false, "evidence": ""}','Änne Österle (Stadtmarketing)',8,'2026-10-12 07:57:00.000000',0);
INSERT INTO "change" VALUES(105,1,'project','2','{"title": "Br\u00fcckenfest", "description": "", "effect": "", "documented": false, "evidence": ""}',NULL,'Erika Möbius (Koordination)',1,'2026-10-12 07:58:00.000000',0);
INSERT INTO "change" VALUES(106,1,'message','b6b8e8d6478003000558','"Den Rest schicken wir bis Nikolaus."','"Den Rest schicken wir bis zum 3. Advent."','Götz Häberle (Kulturamt & Stadtbücherei)',13,'2026-10-15 11:20:00.000000',0);
INSERT INTO "change" VALUES(107,1,'evidence','c75d101fd36368c4c0c55d60f366a8a18376f7f80279465d18602b07540f456b','{"question": "leitbild", "usual": false, "title": "Entwurf \u201eWei\u00dfenbr\u00fcck 2040\u201c", "available": false, "link": "", "file_number": "", "page": "", "valid_until": null}',NULL,'Erika Möbius (Koordination)',1,'2026-10-19 12:40:00.000000',0);
INSERT INTO "change" VALUES(108,1,'note','willkommenspaket',NULL,'"Gibt es auf Nachfrage im B\u00fcrgerb\u00fcro."','Erika Möbius (Koordination)',1,'2026-10-19 12:52:00.000000',0);
INSERT INTO "change" VALUES(109,1,'note','willkommenspaket','"Gibt es auf Nachfrage im B\u00fcrgerb\u00fcro."','"Alle bekommen es bei der Anmeldung."','Änne Österle (Stadtmarketing)',8,'2026-10-19 12:52:00.000000',1);
INSERT INTO "change" VALUES(110,1,'state','2',NULL,'"Herbst"','Erika Möbius (Koordination)',1,'2026-10-19 12:55:00.000000',0);
INSERT INTO "change" VALUES(111,1,'state','2','"Herbst"','"Nach den Herbstferien 2026"','Erika Möbius (Koordination)',1,'2026-10-19 12:55:00.000000',0);
INSERT INTO "change" VALUES(112,1,'choice','einladung','{"state": "given", "value": ["brief"], "reason": ""}','{"state": "given", "value": ["brief", "internet"], "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-19 13:07:00.000000',0);
INSERT INTO "change" VALUES(113,1,'state','3',NULL,'"Vor dem Zur\u00fcckgehen auf \u201eNach den Herbstferien 2026\u201c"','Erika Möbius (Koordination)',1,'2026-10-19 13:19:00.000000',0);
INSERT INTO "change" VALUES(114,1,'choice','einladung','{"state": "given", "value": ["brief", "internet"], "reason": ""}','{"state": "given", "value": ["brief"], "reason": ""}','Erika Möbius (Koordination)',1,'2026-10-19 13:19:00.000000',0);
INSERT INTO "change" VALUES(115,1,'share','3b8cdd1e82b97731d27e',NULL,'{"label": "IHK Beispielland, Fr. Dr. S\u00fc\u00dfmilch", "ends_on": "2027-06-30"}','Erika Möbius (Koordination)',1,'2026-10-26 08:00:00.000000',0);
INSERT INTO "change" VALUES(116,2,'choice','beschluss','{"state": "open", "value": null, "reason": ""}','{"state": "given", "value": "nein", "reason": ""}','Koordination',4,'2026-11-02 10:00:00.000000',0);
INSERT INTO "change" VALUES(117,2,'choice','leitbild','{"state": "open", "value": null, "reason": ""}','{"state": "unclear", "value": null, "reason": ""}','Koordination',4,'2026-11-02 10:00:00.000000',0);
INSERT INTO "change" VALUES(118,3,'check','3a568a56dcc31bb8074f',NULL,'"begun"','Koordination',NULL,'2026-11-16 13:00:00.000000',0);
INSERT INTO "change" VALUES(119,3,'check','3a568a56dcc31bb8074f',NULL,'"deleted"','Koordination',19,'2026-11-16 13:30:00.000000',0);
INSERT INTO "change" VALUES(120,4,'check','f88eb0dcdffdb0ec6bdb',NULL,'"begun"','Koordination',NULL,'2026-11-16 13:31:00.000000',0);
INSERT INTO "change" VALUES(121,4,'team','',NULL,'{"event": "appointed", "label": "Mehmet Y\u0131ld\u0131z", "reason": "Zugang verloren, R\u00fcckruf im Rathaus"}','Betrieb',NULL,'2026-11-20 08:00:00.000000',0);
INSERT INTO "change" VALUES(122,1,'team','d7a556eb7dae941ea6a2',NULL,'{"event": "invited", "label": "Personalamt", "questions": [], "role": "colleague", "due_on": null, "ends_on": null}','Erika Möbius (Koordination)',1,'2026-11-27 09:06:00.000000',0);
CREATE TABLE comment (
	id INTEGER NOT NULL, 
	check_id INTEGER NOT NULL, 
	question VARCHAR(48) NOT NULL, 
	text TEXT NOT NULL CONSTRAINT ck_comment_text_length CHECK (length("text") <= 2000), 
	"by" VARCHAR(120) NOT NULL CONSTRAINT ck_comment_by_length CHECK (length("by") <= 120), 
	grant_id INTEGER, 
	at DATETIME NOT NULL, 
	resolved_by VARCHAR(120) NOT NULL CONSTRAINT ck_comment_resolved_by_length CHECK (length("resolved_by") <= 120), 
	resolved_at DATETIME, 
	removed_at DATETIME, 
	creation_hash VARCHAR(64), 
	CONSTRAINT pk_comment PRIMARY KEY (id), 
	CONSTRAINT fk_comment_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE, 
	CONSTRAINT fk_comment_grant_id FOREIGN KEY(grant_id) REFERENCES grant (id) ON DELETE SET NULL, 
	CONSTRAINT uq_comment_creation_hash UNIQUE (creation_hash)
);
INSERT INTO "comment" VALUES(1,1,'leitbild','Wer weiß, wann das Leitbild in die Stadtverordnetenversammlung kommt?','Koordination',NULL,'2025-07-05 11:42:05.120000','',NULL,NULL,'25668e2dba3a4ccef954d9b5c575bc2fb7ba6ee0efef9cb6af711d3cb3eee348');
INSERT INTO "comment" VALUES(2,1,'internet-englisch','Zählt auch die Übersetzung durch den Browser?
Ich meine: <eher nicht>.','Änne Österle (Stadtmarketing)',8,'2026-10-12 06:55:00.000000','Änne Österle (Stadtmarketing)','2026-10-12 07:14:00.000000',NULL,'03e6bbfabc435e22b1c4fb79e42f5d680c5135ab4b3e82a0a0af58f5e6f218f0');
INSERT INTO "comment" VALUES(3,1,'internet-englisch','Nein, laut IHK nur eigene Seiten.','Erika Möbius (Koordination)',1,'2026-10-12 07:10:00.000000','',NULL,NULL,'3015614e59cb8f17af5c87a6cde55575248ea98443e05dad95c574a9aedb5935');
INSERT INTO "comment" VALUES(4,1,'belegplaetze','','Mehmet Yıldız (Wirtschaftsförderung)',9,'2026-10-12 07:14:00.000000','',NULL,'2026-10-12 07:23:00.000000','2898da81bead18fb5ce949b91ceb89d8f0fa7723f09e2def0d6f01cdd3ca9975');
INSERT INTO "comment" VALUES(5,1,'belegplaetze','Ich frage die Kita am Mühlbach.','Änne Österle (Stadtmarketing)',8,'2026-10-12 07:14:00.000000','',NULL,NULL,'3417d09323249e56785973b678e1a135cd3f564cd49172840bbede5ba3490ee5');
INSERT INTO "comment" VALUES(6,1,'belegplaetze','','Änne Österle (Stadtmarketing)',8,'2026-10-12 07:14:00.000000','',NULL,'2026-10-12 07:23:00.000000','f21b9173e349336e51189159dca388cfe806fc6e0b56bd02ec878a377947632c');
CREATE TABLE "evidence" (
	id INTEGER NOT NULL, 
	check_id INTEGER NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	question VARCHAR(48) NOT NULL, 
	usual BOOLEAN NOT NULL, 
	title TEXT NOT NULL, 
	available BOOLEAN NOT NULL, 
	link TEXT NOT NULL, 
	file_number VARCHAR(200) NOT NULL, 
	page VARCHAR(200) NOT NULL, 
	valid_until DATE, 
	version INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	removed_at DATETIME, 
	"by" VARCHAR(120) NOT NULL, 
	link_id INTEGER, 
	CONSTRAINT pk_evidence PRIMARY KEY (id), 
	CONSTRAINT ck_evidence_by_length CHECK (length("by") <= 120), 
	CONSTRAINT fk_evidence_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE, 
	CONSTRAINT ck_evidence_file_number_length CHECK (length("file_number") <= 200), 
	CONSTRAINT ck_evidence_link_length CHECK (length("link") <= 2000), 
	CONSTRAINT ck_evidence_title_length CHECK (length("title") <= 500), 
	CONSTRAINT uq_evidence_check_id_key UNIQUE (check_id, "key"), 
	CONSTRAINT ck_evidence_page_length CHECK (length("page") <= 200), 
	CONSTRAINT fk_evidence_link_id FOREIGN KEY(link_id) REFERENCES link (id) ON DELETE SET NULL
);
INSERT INTO "evidence" VALUES(1,1,'3c2342eb64515936991e15f78cf380ce9bbe87d1476010297a46871cdf7ca5f3','beschluss',1,'Auszug aus der Niederschrift',1,'','10-04/25','3',NULL,1,'2025-06-02 07:19:12.345678',NULL,'Koordination',NULL);
INSERT INTO "evidence" VALUES(2,1,'c75d101fd36368c4c0c55d60f366a8a18376f7f80279465d18602b07540f456b','leitbild',0,'Entwurf „Weißenbrück 2040“',0,'','','',NULL,2,'2026-10-19 12:40:00.000000','2026-10-19 12:40:00.000000','Erika Möbius (Koordination)',NULL);
INSERT INTO "evidence" VALUES(3,1,'7c9dfa57ee545fc5133d84fca033ae7009851b4c7932606897739f524f0fb924','demografie-strategie',0,'Demografiebericht 2019',1,'','','12–15',NULL,1,'2025-07-02 08:40:05.120000',NULL,'Hauptamt',NULL);
INSERT INTO "evidence" VALUES(4,1,'dccd339d8800afbfd04e060083c8101d81f87fb3c4662d4f3fca7bc5fbf8343a','beschluss',1,'Bekanntmachung des Beschlusses',1,'https://www.weissenbrueck.example/beschluesse?nr=10-04','','','2028-12-31',1,'2026-10-05 07:02:33.000700',NULL,'Erika Möbius (Koordination)',5);
INSERT INTO "evidence" VALUES(5,1,'7ce5085d66a48c619458bf65588ea7d193ce3cb33d473eadc0c84c28dc63d70a','leitbild',1,'Leitbild oder Auszug aus dem Konzept',1,'','10-04/26 „Leitbild“','4',NULL,1,'2026-10-05 07:02:33.000700',NULL,'Erika Möbius (Koordination)',5);
INSERT INTO "evidence" VALUES(6,1,'991569f335385758beb124416cb5f3ac3bbda7ae65686984589a1ceacafbf20d','zusammenarbeit',0,'Zweckverband Nahverkehr Lühnetal: Satzung',1,'https://zvn-luehnetal.example/satzung.pdf','','','2026-12-31',1,'2026-10-05 07:02:33.000700',NULL,'Erika Möbius (Koordination)',5);
INSERT INTO "evidence" VALUES(7,1,'0f01ebc7d6fb3f4742d4a06260338dae1c002b254a4f8a333a3c0559f803c426','anlaufstelle',1,'Seite im Internetauftritt',1,'https://www.weissenbrueck.example/buergerbuero','','',NULL,1,'2026-10-05 07:09:33.000700',NULL,'Erika Möbius (Koordination)',5);
INSERT INTO "evidence" VALUES(8,1,'dbe3bd49d6808ef8bbb2dc48709af7cd17fd99d9c64cebbdfb20f0b1e1d6b7e0','quote-u3',1,'Statistik der Betreuungsplätze',1,'','51/U3-2026','Anlage 2',NULL,1,'2026-10-05 07:16:33.000700',NULL,'Erika Möbius (Koordination)',5);
INSERT INTO "evidence" VALUES(9,1,'be48ac5442fb63a2c94d66711ad587158453c4625bbf314c4e83420a6ad48851','wohnangebot',0,'Übersicht der Baugebiete 2026',1,'','61.2-08','2',NULL,1,'2026-10-06 09:40:00.000000',NULL,'Udo Grün (Bauamt)',11);
INSERT INTO "evidence" VALUES(10,1,'e4f82795591cdd4349e54595f62afa9c1016b50161863accc2736653155cf384','servicezeiten',0,'Aushang am Rathaus',0,'','','',NULL,1,'2026-10-07 05:44:00.000000',NULL,'Bärbel Süß (Ordnungsamt)',13);
CREATE TABLE goal (
	criterion VARCHAR(48) NOT NULL, 
	start TEXT NOT NULL CONSTRAINT ck_goal_start_length CHECK (length("start") <= 2000), 
	measure TEXT NOT NULL CONSTRAINT ck_goal_measure_length CHECK (length("measure") <= 2000), 
	metric TEXT NOT NULL CONSTRAINT ck_goal_metric_length CHECK (length("metric") <= 500), 
	metric_now VARCHAR(200) NOT NULL CONSTRAINT ck_goal_metric_now_length CHECK (length("metric_now") <= 200), 
	metric_target VARCHAR(200) NOT NULL CONSTRAINT ck_goal_metric_target_length CHECK (length("metric_target") <= 200), 
	due DATE, 
	person VARCHAR(120) NOT NULL CONSTRAINT ck_goal_person_length CHECK (length("person") <= 120), 
	id INTEGER NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	check_id INTEGER NOT NULL, 
	title TEXT NOT NULL CONSTRAINT ck_goal_title_length CHECK (length("title") <= 500), 
	version INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	removed_at DATETIME, 
	"by" VARCHAR(120) NOT NULL CONSTRAINT ck_goal_by_length CHECK (length("by") <= 120), 
	CONSTRAINT pk_goal PRIMARY KEY (id), 
	CONSTRAINT fk_goal_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE, 
	CONSTRAINT uq_goal_check_id_key UNIQUE (check_id, "key"), 
	CONSTRAINT uq_goal_check_id_number UNIQUE (check_id, number)
);
INSERT INTO "goal" VALUES('auslaendische-fachkraefte','Nur Deutsch','Die zwanzig wichtigsten Seiten übersetzen lassen.
Eine Person pflegt sie.','Zahl der Seiten','0','20','2028-12-31','Änne Österle',1,'e0cca2965509df678c8064f5e0b9076016fa752f88a6c749768db83479450cc5',1,1,'Internetseiten auf Englisch',1,'2026-10-12 07:55:00.000000',NULL,'Erika Möbius (Koordination)');
INSERT INTO "goal" VALUES('','','','','','',NULL,'',2,'d2b1f1d83f0ad4f52dec8a1e2091f5c94ffad00ed3528362353fbe97aacd0187',2,1,'Lotsinnen für Neubürger',1,'2026-10-12 07:55:00.000000',NULL,'Erika Möbius (Koordination)');
INSERT INTO "goal" VALUES('','','','','','',NULL,'',3,'19d8d35c06ab2cb2ae937b5b8dd4c8570a15280b813e6f0c534b258c9954c7c6',3,1,'Gläserne Stadt',2,'2026-10-12 07:56:00.000000','2026-10-12 07:56:00.000000','Mehmet Yıldız (Wirtschaftsförderung)');
CREATE TABLE "grant" (
	id INTEGER NOT NULL, 
	link_id INTEGER NOT NULL, 
	token_id INTEGER, 
	hash VARCHAR(64), 
	created_at DATETIME NOT NULL, 
	last_seen_at DATETIME NOT NULL, 
	ended_at DATETIME, 
	account_id INTEGER, 
	name VARCHAR(80) DEFAULT '' NOT NULL CONSTRAINT ck_grant_name_length CHECK (length("name") <= 80), 
	seen_change INTEGER DEFAULT '0' NOT NULL, 
	reminders BOOLEAN DEFAULT 1 NOT NULL, 
	CONSTRAINT pk_grant PRIMARY KEY (id), 
	CONSTRAINT fk_grant_token_id FOREIGN KEY(token_id) REFERENCES link_token (id) ON DELETE CASCADE, 
	CONSTRAINT uq_grant_hash UNIQUE (hash), 
	CONSTRAINT fk_grant_link_id FOREIGN KEY(link_id) REFERENCES link (id) ON DELETE CASCADE, 
	CONSTRAINT fk_grant_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE SET NULL, 
	CONSTRAINT uq_grant_link_id_account_id UNIQUE (link_id, account_id), 
	CONSTRAINT ck_grant_one_holder CHECK (hash IS NULL OR account_id IS NULL)
);
INSERT INTO "grant" VALUES(1,5,NULL,NULL,'2025-06-02 07:15:12.345678','2026-11-27 09:06:00.000000',NULL,1,'Erika Möbius',0,1);
INSERT INTO "grant" VALUES(4,4,NULL,'2bded19d5487afaaf5328fa4e34fd2d307beaa4ca38d7ba9575ef04cb7f43d9b','2025-06-06 14:36:12.345678','2026-11-02 10:00:00.000000',NULL,NULL,'',0,1);
INSERT INTO "grant" VALUES(5,4,5,'109d975837f6c375fc7b01d3272c23eea62ca49572a98f443cbae189918249e7','2025-06-09 14:45:12.345678','2025-06-09 14:45:12.345678','2026-11-02 10:00:00.000000',NULL,'',0,1);
INSERT INTO "grant" VALUES(7,7,NULL,NULL,'2025-07-02 07:40:05.120000','2026-05-04 08:00:00.000000','2026-09-01 02:00:00.000000',NULL,'',18,1);
INSERT INTO "grant" VALUES(8,9,8,'8c80f2d8188ce16357c1e7dfc015d164c3ff3c2cab02648dcc27e5376e55473f','2026-10-06 09:10:00.000000','2026-10-19 12:52:00.000000',NULL,NULL,'Änne Österle',89,1);
INSERT INTO "grant" VALUES(9,10,NULL,NULL,'2026-10-06 09:10:00.000000','2026-10-12 07:14:00.000000',NULL,3,'Mehmet Yıldız',58,0);
INSERT INTO "grant" VALUES(10,11,10,'b8ca14842227a8734e18db8ccd4df7109ab07aa005baa6d32c73a7524307fca9','2026-10-06 09:10:00.000000','2026-10-07 05:44:00.000000',NULL,NULL,'Udo Grün',58,1);
INSERT INTO "grant" VALUES(11,14,13,'19d9477bd814d60063c758156fbb55edf25864a6299efad8ba89a81883e3ef49','2026-10-06 09:10:00.000000','2026-10-07 05:44:00.000000',NULL,NULL,'',58,1);
INSERT INTO "grant" VALUES(12,13,12,'bfa4e9584d67fddaa50b7df8a6563056b36295b8273eb727b1f0d574166dc7f2','2026-10-06 09:10:00.000000','2026-10-07 05:44:00.000000',NULL,NULL,'Bärbel Süß',58,1);
INSERT INTO "grant" VALUES(13,15,14,'e69ccffe89929f8baf95babf4deabc47a336cd7a99907b08d1f35d9d6eab506c','2026-10-06 09:10:00.000000','2026-10-15 11:20:00.000000',NULL,NULL,'Götz Häberle',58,1);
INSERT INTO "grant" VALUES(14,11,10,'edd4b6e338b5be7cfa8b50a070aac71f031c7f2a228c94735ebaebe667893a09','2026-10-15 11:20:00.000000','2026-10-15 11:20:00.000000','2026-10-15 11:20:00.000000',NULL,'Ute Nußbaum',106,1);
INSERT INTO "grant" VALUES(15,15,14,'d0e36f940f90eec1fd2ed547226c69d1e43c2f846163deed3223970274c88499','2026-10-15 11:20:00.000000','2026-10-15 11:20:00.000000',NULL,NULL,'Ute Nußbaum',106,1);
INSERT INTO "grant" VALUES(16,11,10,'d8937d1bc834c17420e73597f4739e87da717a0ebce65fc3f3c2ce6b12931741','2026-10-15 11:20:00.000000','2026-10-15 11:20:00.000000',NULL,NULL,'Ute Nußbaum',106,1);
INSERT INTO "grant" VALUES(17,16,17,'4eb0f6bd3b8ec4eb14dfb435c44f7287ec885a252237a3d3b966beacd5999665','2026-10-26 10:00:00.000000','2026-10-26 13:00:00.000000',NULL,NULL,'',115,1);
INSERT INTO "grant" VALUES(18,4,18,'1f70fef6c63cb0dc66a615f17e59315ea0bbac1b1cef10d1a885d144d6eed25d','2026-11-02 10:05:00.000000','2026-11-02 10:05:00.000000',NULL,NULL,'',117,1);
INSERT INTO "grant" VALUES(19,17,NULL,'eae5348959d04aad66c9122b0f5aa846f015555595826c0b2b5018ef9c73e2f6','2026-11-16 13:00:00.000000','2026-11-16 13:00:00.000000',NULL,NULL,'',118,1);
INSERT INTO "grant" VALUES(20,18,NULL,'3bd060f64d76b4a13d6b9f3c5462ba71988f97bb5e0f664bca59bd57bcc58618','2026-11-16 13:31:00.000000','2026-11-16 13:31:00.000000',NULL,NULL,'',120,1);
INSERT INTO "grant" VALUES(21,19,NULL,NULL,'2026-11-20 08:00:00.000000','2026-11-20 08:00:00.000000',NULL,3,'Mehmet Yıldız',120,1);
CREATE TABLE "link" (
	id INTEGER NOT NULL, 
	check_id INTEGER NOT NULL, 
	role VARCHAR(20) NOT NULL, 
	label VARCHAR(120) NOT NULL, 
	created_at DATETIME NOT NULL, 
	ends_on DATE, 
	withdrawn_at DATETIME, 
	public_id VARCHAR(32), 
	mail TEXT DEFAULT '' NOT NULL CONSTRAINT ck_link_mail_length CHECK (length("mail") <= 254), 
	due_on DATE, 
	message TEXT DEFAULT '' NOT NULL CONSTRAINT ck_link_message_length CHECK (length("message") <= 2000), 
	message_version INTEGER DEFAULT '0' NOT NULL, 
	message_by VARCHAR(120) DEFAULT '' NOT NULL CONSTRAINT ck_link_message_by_length CHECK (length("message_by") <= 120), 
	message_at DATETIME, 
	message_read_at DATETIME, 
	reminders BOOLEAN DEFAULT 1 NOT NULL, 
	returned_at DATETIME, 
	creation_hash VARCHAR(64), 
	CONSTRAINT pk_link PRIMARY KEY (id), 
	CONSTRAINT fk_link_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE, 
	CONSTRAINT ck_link_label_length CHECK (length("label") <= 120), 
	CONSTRAINT ck_link_role_known CHECK (role IN ('coordinator', 'colleague', 'office', 'reader')), 
	CONSTRAINT uq_link_public_id UNIQUE (public_id), 
	CONSTRAINT uq_link_creation_hash UNIQUE (creation_hash)
);
INSERT INTO "link" VALUES(1,1,'coordinator','Koordination','2025-06-02 07:15:12.345678',NULL,'2025-07-01 07:32:05.120000',NULL,'',NULL,'',0,'',NULL,NULL,1,NULL,NULL);
INSERT INTO "link" VALUES(2,1,'reader','IHK Beispielland','2025-06-05 09:34:12.345678','2025-07-31','2025-06-05 09:34:12.345678',NULL,'',NULL,'',0,'',NULL,NULL,1,NULL,NULL);
INSERT INTO "link" VALUES(3,1,'reader','IHK Beispielland','2025-06-05 09:36:12.345678','2025-07-31',NULL,NULL,'',NULL,'',0,'',NULL,NULL,1,NULL,NULL);
INSERT INTO "link" VALUES(4,2,'coordinator','Koordination','2025-06-06 14:36:12.345678',NULL,NULL,NULL,'',NULL,'',0,'',NULL,NULL,1,NULL,NULL);
INSERT INTO "link" VALUES(5,1,'coordinator','Koordination','2025-07-01 07:32:05.120000',NULL,NULL,'0a7c6e04bd6e3372864f','',NULL,'',0,'',NULL,NULL,1,NULL,NULL);
INSERT INTO "link" VALUES(7,1,'colleague','Kollegium','2025-07-01 07:40:05.120000','2026-06-30',NULL,'ceaed87262c09247352b','',NULL,'',0,'',NULL,NULL,1,NULL,'fee9ae9021e92f33845a21bc0650dca18b92e15192d2d8a7dda71375a91d1ebb');
INSERT INTO "link" VALUES(8,1,'coordinator','Koordination','2025-07-05 08:42:05.120000',NULL,'2025-08-15 08:00:00.000000','bb329b598b258aefe9b7','',NULL,'',0,'',NULL,NULL,1,NULL,NULL);
INSERT INTO "link" VALUES(9,1,'colleague','Stadtmarketing','2026-10-05 07:25:33.000700',NULL,NULL,'1a88fba0ff19c429594a','',NULL,'',0,'',NULL,NULL,1,NULL,'6c287557eae886e6c1cb27a8b9d4cf4007c8fb814db3a1b8dac038455c3d5f63');
INSERT INTO "link" VALUES(10,1,'colleague','Wirtschaftsförderung','2026-10-05 07:25:33.000700','2027-09-30',NULL,'7fc3dfa74667fff17fcb','mehmet.yildiz@weissenbrueck.example',NULL,'',0,'',NULL,NULL,1,NULL,'9e577c3aa8058acbfecba0809ed04b36b2279a01b1cebbb646634bfc6547335e');
INSERT INTO "link" VALUES(11,1,'office','Bauamt','2026-10-05 07:25:33.000700','2027-01-31',NULL,'a3421d7526945f75c2fa','bauamt@weissenbrueck.example','2026-11-20','Die Zahlen zum Breitband hat die Wirtschaftsförderung.

Für den Ortskern ist das Büro Grünspan zuständig.',1,'Udo Grün (Bauamt)','2026-10-06 09:44:00.000000','2026-10-07 06:14:00.000000',1,'2026-10-06 09:44:00.000000','e45121d57beb3cceb7dbd4c1f90a03e3debc8f337e0ffe1fc8907d768ab85b9f');
INSERT INTO "link" VALUES(12,1,'office','Kita-Verwaltung','2026-10-05 07:25:33.000700','2027-03-31',NULL,'bbf04722077c7a51bd2d','kita@weissenbrueck.example','2026-11-27','',0,'',NULL,NULL,1,NULL,'e5671b9946b97da59dcb29446a898ff0f0f7edc0eae4f77f4249c26edf4b8c82');
INSERT INTO "link" VALUES(13,1,'office','Ordnungsamt','2026-10-05 07:25:33.000700','2026-10-31',NULL,'ae67272263fb50ffbff4','','2026-10-20','',0,'',NULL,NULL,1,NULL,'f6f9314e3c79ce8bfa586d4a6fe120f76fa314206d59b7f158987d77cdf6cc44');
INSERT INTO "link" VALUES(14,1,'office','Kämmerei','2026-10-05 07:25:33.000700','2026-11-29','2026-10-07 06:14:00.000000','11033e0cba57cf24d9b0','','2026-10-30','',0,'',NULL,NULL,1,NULL,'495482092ee47022c597c5aa31f2a9294f856597ab143b73801a11636e2a7df5');
INSERT INTO "link" VALUES(15,1,'office','Kulturamt & Stadtbücherei','2026-10-05 07:25:33.000700','2027-02-28',NULL,'b6b8e8d6478003000558','kultur@weissenbrueck.example','2026-12-11','Den Rest schicken wir bis zum 3. Advent.',2,'Götz Häberle (Kulturamt & Stadtbücherei)','2026-10-15 11:20:00.000000',NULL,0,NULL,'601f9297b4d619dac6ee832d0d5a8f684b49ded22de8d5d9fcb26e137a4ebc7b');
INSERT INTO "link" VALUES(16,1,'reader','IHK Beispielland, Fr. Dr. Süßmilch','2026-10-26 08:00:00.000000','2027-06-30',NULL,'c1de37c4bcb3b1f05363','',NULL,'',0,'',NULL,NULL,1,NULL,NULL);
INSERT INTO "link" VALUES(17,3,'coordinator','Koordination','2026-11-16 13:00:00.000000',NULL,NULL,'2bc9e9a00101e079e358','',NULL,'',0,'',NULL,NULL,1,NULL,NULL);
INSERT INTO "link" VALUES(18,4,'coordinator','Koordination','2026-11-16 13:31:00.000000',NULL,NULL,'0f07f6c67c590616020a','',NULL,'',0,'',NULL,NULL,1,NULL,NULL);
INSERT INTO "link" VALUES(19,4,'coordinator','Koordination','2026-11-20 08:00:00.000000',NULL,NULL,'09c421434c814d30ec0a','',NULL,'',0,'',NULL,NULL,1,NULL,NULL);
INSERT INTO "link" VALUES(20,1,'colleague','Personalamt','2026-11-27 09:06:00.000000',NULL,NULL,'d7a556eb7dae941ea6a2','personal@weissenbrueck.example',NULL,'',0,'',NULL,NULL,1,NULL,'c2cd482a8e48e9166698e4bbfca4e06a2a72e9df16e680638b3f76a76d3cbe5d');
CREATE TABLE link_token (
	id INTEGER NOT NULL, 
	link_id INTEGER NOT NULL, 
	hash VARCHAR(64) NOT NULL, 
	issued_at DATETIME NOT NULL, 
	last_used_at DATETIME, 
	withdrawn_at DATETIME, 
	CONSTRAINT pk_link_token PRIMARY KEY (id), 
	CONSTRAINT fk_link_token_link_id FOREIGN KEY(link_id) REFERENCES link (id) ON DELETE CASCADE, 
	CONSTRAINT uq_link_token_hash UNIQUE (hash)
);
INSERT INTO "link_token" VALUES(5,4,'1c803218cdbced9e4cc28a1ee1e149965f4c106e94dded1a6a9b457165842ef5','2025-06-06 14:45:12.345678','2025-06-09 14:45:12.345678','2026-11-02 10:00:00.000000');
INSERT INTO "link_token" VALUES(7,7,'651ed382f92a6d219e9e456eb84083ecbd9e608f4e20b76b0e22b773cf18fec9','2025-07-01 07:40:05.120000','2025-07-02 07:40:05.120000',NULL);
INSERT INTO "link_token" VALUES(8,9,'1dcb93d26f0f58b534ae440d3eed3cf1c43ae3b90e98827a0ce0e9885299afa8','2026-10-05 07:25:33.000700','2026-10-06 09:10:00.000000',NULL);
INSERT INTO "link_token" VALUES(9,10,'ff5a8cf88dfdfd0f99f242ac2798eba46a8b8cfb64e31be134b0a63e0ef4ad29','2026-10-05 07:25:33.000700','2026-10-06 09:10:00.000000',NULL);
INSERT INTO "link_token" VALUES(10,11,'4f4110a2b723e115c7419d4948f4ad0770ffcb2be318552f915e52c5b45f7d57','2026-10-05 07:25:33.000700','2026-10-15 11:20:00.000000',NULL);
INSERT INTO "link_token" VALUES(11,12,'8eec74e6c430ada162596643d0691549a43aefec0f40fbb072e993305858f6e8','2026-10-05 07:25:33.000700',NULL,NULL);
INSERT INTO "link_token" VALUES(12,13,'0b0e8f5fdbe748d86b800ac32e0d657fc9a37c69326102856788676fc419d8c4','2026-10-05 07:25:33.000700','2026-10-06 09:10:00.000000',NULL);
INSERT INTO "link_token" VALUES(13,14,'790b7e23b2fe3cbbbb6f5abf4a4d49665d86755fe7626b9de968f0011960ad25','2026-10-05 07:25:33.000700','2026-10-06 09:10:00.000000',NULL);
INSERT INTO "link_token" VALUES(14,15,'408e209a8d594bd2a70253cb2293a211cccbf7a38c177e1a3931d3567d88f4c6','2026-10-05 07:25:33.000700','2026-10-15 11:20:00.000000',NULL);
INSERT INTO "link_token" VALUES(15,12,'c4f5578a90727d354b3b558163b3c23a3a73412ce1abaedc8428fa1ba33a31a7','2026-10-07 06:14:00.000000',NULL,NULL);
INSERT INTO "link_token" VALUES(16,16,'6bdc33d24407e936f897f8ce3bd228251745b4d11c2e8b238db6392a5efe5440','2026-10-26 08:00:00.000000',NULL,NULL);
INSERT INTO "link_token" VALUES(17,16,'d95950053cbd0cea071b86175e729ce73ad530ae45dbc6ce18ba25eef9323024','2026-10-26 08:00:00.000000','2026-10-26 10:00:00.000000',NULL);
INSERT INTO "link_token" VALUES(18,4,'f4e63ed77c814d020a3f03cff30bb5238c959b1eb936b6200a0c2633d4baf25b','2026-11-02 10:00:00.000000','2026-11-02 10:05:00.000000',NULL);
INSERT INTO "link_token" VALUES(19,12,'b582dfc5c9c2415e0d58cc105ad0df329a35819c83a9c322285f4bbb2e9365e4','2026-11-27 06:05:00.000000',NULL,NULL);
INSERT INTO "link_token" VALUES(20,20,'126050774b3f3bdd379c22e9b92836d2dff92fb48771463a76b17d55585b0871','2026-11-27 09:06:00.000000',NULL,NULL);
CREATE TABLE mail (
	id INTEGER NOT NULL, 
	account_id INTEGER, 
	recipient VARCHAR(64) NOT NULL, 
	address TEXT NOT NULL CONSTRAINT ck_mail_address_length CHECK (length("address") <= 254), 
	subject VARCHAR(200) NOT NULL CONSTRAINT ck_mail_subject_length CHECK (length("subject") <= 200), 
	body TEXT NOT NULL CONSTRAINT ck_mail_body_length CHECK (length("body") <= 5000), 
	stop TEXT NOT NULL CONSTRAINT ck_mail_stop_length CHECK (length("stop") <= 2000), 
	created_at DATETIME NOT NULL, 
	attempts INTEGER NOT NULL, 
	next_at DATETIME NOT NULL, 
	sent_at DATETIME, 
	CONSTRAINT pk_mail PRIMARY KEY (id), 
	CONSTRAINT fk_mail_account_id FOREIGN KEY(account_id) REFERENCES account (id) ON DELETE SET NULL
);
INSERT INTO "mail" VALUES(6,NULL,'d636b99dec41bda51b2d8daab7050505a1b3f6119d260765f033fb1c31df41df','','','','','2026-07-20 12:00:00.000000',1,'2026-07-20 12:05:00.000000','2026-07-20 12:00:00.000000');
INSERT INTO "mail" VALUES(7,1,'be05a4d4156cb020bacac4a241be005a1c7556da51a8585e0c83d1b99ac4d08f','','','','','2026-10-05 07:25:33.000700',1,'2026-10-05 07:30:33.000700','2026-10-05 07:25:33.000700');
INSERT INTO "mail" VALUES(8,1,'1d494f3e593eec2ac25ef1d735a71593ac2b34dbf128448b362d59cae9426953','','','','','2026-10-05 07:25:33.000700',1,'2026-10-05 07:30:33.000700','2026-10-05 07:25:33.000700');
INSERT INTO "mail" VALUES(9,1,'6e768a722296423b4795bd1b7016b301f3dd240980d966c1ff65e114f390c861','','','','','2026-10-05 07:25:33.000700',1,'2026-10-05 07:30:33.000700','2026-10-05 07:25:33.000700');
INSERT INTO "mail" VALUES(10,NULL,'be05a4d4156cb020bacac4a241be005a1c7556da51a8585e0c83d1b99ac4d08f','','','','','2026-10-06 09:10:00.000000',1,'2026-10-06 09:15:00.000000','2026-10-06 09:10:00.000000');
INSERT INTO "mail" VALUES(11,NULL,'d0474f68c45afb35f70c91616fa9a6c2f792c5c700fcc12cedef635bf36b327d','','','','','2026-11-20 08:00:00.000000',1,'2026-11-20 08:05:00.000000','2026-11-20 08:00:00.000000');
INSERT INTO "mail" VALUES(12,NULL,'d0474f68c45afb35f70c91616fa9a6c2f792c5c700fcc12cedef635bf36b327d','','','','','2026-11-20 08:00:00.000000',1,'2026-11-20 08:05:00.000000','2026-11-20 08:00:00.000000');
INSERT INTO "mail" VALUES(13,4,'be05a4d4156cb020bacac4a241be005a1c7556da51a8585e0c83d1b99ac4d08f','','','','','2026-11-20 08:00:00.000000',1,'2026-11-20 08:05:00.000000','2026-11-20 08:00:00.000000');
INSERT INTO "mail" VALUES(14,NULL,'8fa9e782cdb9e5c2ddf948dc0c215cb2a4dce490c6da3bcdc597b68d5e4ab90c','','','','','2026-11-20 08:00:00.000000',1,'2026-11-20 08:05:00.000000','2026-11-20 08:00:00.000000');
INSERT INTO "mail" VALUES(15,NULL,'8fa9e782cdb9e5c2ddf948dc0c215cb2a4dce490c6da3bcdc597b68d5e4ab90c','','','','','2026-11-20 08:00:00.000000',1,'2026-11-20 08:05:00.000000','2026-11-20 08:00:00.000000');
INSERT INTO "mail" VALUES(16,NULL,'d1300afd644d9284c6ad29a0c3d5f4c63c4aa495ce641b6b29d002a47c5d0a8d','','','','','2026-11-26 08:30:00.000000',1,'2026-11-26 08:35:00.000000','2026-11-26 08:30:00.000000');
INSERT INTO "mail" VALUES(17,1,'6e768a722296423b4795bd1b7016b301f3dd240980d966c1ff65e114f390c861','kita@weissenbrueck.example','Weißenbrück an der Lühne: Erinnerung an Ihre Fragen','Guten Tag,

wir erinnern Sie an offene Fragen.

Im Selbstcheck für Weißenbrück an der Lühne warten noch 2 Fragen auf Sie. Die Antworten werden heute gebraucht.
http://selbstcheck.example/zugang/erfunden-075-kein-geheimnis

Sie brauchen kein Konto. Geben Sie den Link nur an Menschen weiter, die mitarbeiten.

Sie bekommen höchstens eine Erinnerung am Tag. Wenn Sie keine mehr möchten, genügt ein Klick:
http://selbstcheck.example/erinnerungen/W1sicCIsMTIsMTc5MTE4NTEzMzAwMDcwMF1d.NnJhMuziGzgq8Cj0H_-kW3ytm1Q

Diese Nachricht verschickt der Selbstcheck von selbst. Bei Fragen hilft Ihnen die Koordination Ihrer Kommune.
','http://selbstcheck.example/erinnerungen/W1sicCIsMTIsMTc5MTE4NTEzMzAwMDcwMF1d.NnJhMuziGzgq8Cj0H_-kW3ytm1Q','2026-11-27 06:05:00.000000',1,'2026-11-27 06:11:00.000000',NULL);
INSERT INTO "mail" VALUES(18,1,'b30f229448941276cb67726002f7c9124d28dc3e5e2731c8e2b29fe1543f7d34','personal@weissenbrueck.example','Weißenbrück an der Lühne: Selbstcheck gemeinsam bearbeiten','Guten Tag,

Erika Möbius bereitet Weißenbrück an der Lühne auf die Auszeichnung „Ausgezeichneter Wohnort für Fachkräfte“ vor und lädt Sie ein, am Selbstcheck mitzuarbeiten.

Dieser Link öffnet ihn:
http://selbstcheck.example/zugang/erfunden-077-kein-geheimnis

Sie brauchen kein Konto. Der Link ist nur für Sie bestimmt.

Diese Nachricht hat der Selbstcheck im Auftrag der genannten Person verschickt. Kennen Sie sie nicht, brauchen Sie nichts zu tun.
','','2026-11-27 09:06:00.000000',0,'2026-11-27 09:06:00.000000',NULL);
CREATE TABLE named_state (
	id INTEGER NOT NULL, 
	check_id INTEGER NOT NULL, 
	name VARCHAR(120) NOT NULL CONSTRAINT ck_named_state_name_length CHECK (length("name") <= 120), 
	change_id INTEGER NOT NULL, 
	"by" VARCHAR(120) NOT NULL CONSTRAINT ck_named_state_by_length CHECK (length("by") <= 120), 
	grant_id INTEGER, 
	at DATETIME NOT NULL, 
	creation_hash VARCHAR(64), 
	CONSTRAINT pk_named_state PRIMARY KEY (id), 
	CONSTRAINT fk_named_state_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE, 
	CONSTRAINT fk_named_state_grant_id FOREIGN KEY(grant_id) REFERENCES grant (id) ON DELETE SET NULL, 
	CONSTRAINT uq_named_state_creation_hash UNIQUE (creation_hash)
);
INSERT INTO "named_state" VALUES(1,1,'Vor der Sommerpause 2025',23,'Koordination',NULL,'2025-07-05 11:42:05.120000','2bfa1468b66669c583eea59617cd2b1f57b9181e99641caa97125a019d5871fb');
INSERT INTO "named_state" VALUES(2,1,'Nach den Herbstferien 2026',109,'Erika Möbius (Koordination)',1,'2026-10-19 12:55:00.000000','22ecf97f5f705d58ce0eac828493bb41a9cc6b04083aa37abbf64e536db49a68');
INSERT INTO "named_state" VALUES(3,1,'Vor dem Zurückgehen auf „Nach den Herbstferien 2026“',112,'Erika Möbius (Koordination)',1,'2026-10-19 13:19:00.000000',NULL);
CREATE TABLE past_goal (
	achieved BOOLEAN NOT NULL, 
	documented BOOLEAN NOT NULL, 
	evidence TEXT NOT NULL CONSTRAINT ck_past_goal_evidence_length CHECK (length("evidence") <= 2000), 
	id INTEGER NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	check_id INTEGER NOT NULL, 
	title TEXT NOT NULL CONSTRAINT ck_past_goal_title_length CHECK (length("title") <= 500), 
	version INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	removed_at DATETIME, 
	"by" VARCHAR(120) NOT NULL CONSTRAINT ck_past_goal_by_length CHECK (length("by") <= 120), 
	CONSTRAINT pk_past_goal PRIMARY KEY (id), 
	CONSTRAINT fk_past_goal_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE, 
	CONSTRAINT uq_past_goal_check_id_key UNIQUE (check_id, "key"), 
	CONSTRAINT uq_past_goal_check_id_number UNIQUE (check_id, number)
);
INSERT INTO "past_goal" VALUES(1,1,'Bericht des Tiefbauamts, S. 7',1,'a20248c7f641bea3ab7e1640ea5ac3a6b69d2d209ccc6df16e9677f0069b35dc',1,1,'Radwege zum Gewerbegebiet',1,'2026-10-12 07:56:00.000000',NULL,'Erika Möbius (Koordination)');
INSERT INTO "past_goal" VALUES(0,0,'Steht noch aus',2,'2dc3b97b1e90788f360b3e5ad8dda3b159ff696d7f313bcd8eb019f597793358',2,1,'Jugendraum öffnen',1,'2026-10-12 07:56:00.000000',NULL,'Erika Möbius (Koordination)');
INSERT INTO "past_goal" VALUES(0,0,'',3,'d057527e474218f5825890879be68d020de7e76c1a39cb580b5fe0b626cf42b6',3,1,'Doppelt eingetragen',2,'2026-10-12 07:57:00.000000','2026-10-12 07:57:00.000000','Erika Möbius (Koordination)');
CREATE TABLE project (
	description TEXT NOT NULL CONSTRAINT ck_project_description_length CHECK (length("description") <= 2000), 
	effect TEXT NOT NULL CONSTRAINT ck_project_effect_length CHECK (length("effect") <= 2000), 
	documented BOOLEAN NOT NULL, 
	evidence TEXT NOT NULL CONSTRAINT ck_project_evidence_length CHECK (length("evidence") <= 2000), 
	id INTEGER NOT NULL, 
	"key" VARCHAR(64) NOT NULL, 
	number INTEGER NOT NULL, 
	check_id INTEGER NOT NULL, 
	title TEXT NOT NULL CONSTRAINT ck_project_title_length CHECK (length("title") <= 500), 
	version INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	removed_at DATETIME, 
	"by" VARCHAR(120) NOT NULL CONSTRAINT ck_project_by_length CHECK (length("by") <= 120), 
	CONSTRAINT pk_project PRIMARY KEY (id), 
	CONSTRAINT fk_project_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE, 
	CONSTRAINT uq_project_check_id_key UNIQUE (check_id, "key"), 
	CONSTRAINT uq_project_check_id_number UNIQUE (check_id, number)
);
INSERT INTO "project" VALUES('Jährlich am 27. Dezember','2025 kamen 180 Gäste.',1,'Pressebericht vom 29.12.2025',1,'e5090df26d24944b1e29254e5540e676eda0788f76a6a85a387344c4e0f70c64',1,1,'Jobmesse „Zurück nach Weißenbrück“',1,'2026-10-12 07:57:00.000000',NULL,'Erika Möbius (Koordination)');
INSERT INTO "project" VALUES('','',0,'',2,'da0914b6c61043617d03e8cccc966d0377d0e8afa75fd9b9ddce991f11424c7a',2,1,'Brückenfest',2,'2026-10-12 07:58:00.000000','2026-10-12 07:58:00.000000','Erika Möbius (Koordination)');
CREATE TABLE redaction (
	id INTEGER NOT NULL, 
	check_id INTEGER NOT NULL, 
	part VARCHAR(20) NOT NULL, 
	subject VARCHAR(120) NOT NULL, 
	reason VARCHAR(200) NOT NULL CONSTRAINT ck_redaction_reason_length CHECK (length("reason") <= 200), 
	"by" VARCHAR(120) NOT NULL CONSTRAINT ck_redaction_by_length CHECK (length("by") <= 120), 
	grant_id INTEGER, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_redaction PRIMARY KEY (id), 
	CONSTRAINT fk_redaction_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE, 
	CONSTRAINT fk_redaction_grant_id FOREIGN KEY(grant_id) REFERENCES grant (id) ON DELETE SET NULL
);
INSERT INTO "redaction" VALUES(1,1,'note','beschluss','Name einer Mitarbeiterin','Koordination',NULL,'2025-07-05 12:02:05.120000');
INSERT INTO "redaction" VALUES(2,1,'comment','4','','Erika Möbius (Koordination)',1,'2026-10-12 07:23:00.000000');
CREATE TABLE reminder (
	id INTEGER NOT NULL, 
	person VARCHAR(64) NOT NULL, 
	day DATE NOT NULL, 
	CONSTRAINT pk_reminder PRIMARY KEY (id), 
	CONSTRAINT uq_reminder_person_day UNIQUE (person, day)
);
INSERT INTO "reminder" VALUES(1,'6e768a722296423b4795bd1b7016b301f3dd240980d966c1ff65e114f390c861','2026-11-27');
CREATE TABLE self_check (
	id INTEGER NOT NULL, 
	public_id VARCHAR(32) NOT NULL, 
	creation_hash VARCHAR(64), 
	questionnaire_id VARCHAR(48) NOT NULL, 
	questionnaire_version VARCHAR(48) NOT NULL, 
	municipality VARCHAR(200) NOT NULL CONSTRAINT ck_self_check_municipality_length CHECK (length("municipality") <= 200), 
	district VARCHAR(20) NOT NULL CONSTRAINT ck_self_check_district_length CHECK (length("district") <= 20), 
	land VARCHAR(10) NOT NULL, 
	place VARCHAR(30) NOT NULL, 
	audit VARCHAR(10) NOT NULL, 
	interview DATE, 
	contact_name VARCHAR(200) NOT NULL CONSTRAINT ck_self_check_contact_name_length CHECK (length("contact_name") <= 200), 
	contact_office VARCHAR(200) NOT NULL CONSTRAINT ck_self_check_contact_office_length CHECK (length("contact_office") <= 200), 
	contact_phone VARCHAR(200) NOT NULL CONSTRAINT ck_self_check_contact_phone_length CHECK (length("contact_phone") <= 200), 
	contact_mail VARCHAR(200) NOT NULL CONSTRAINT ck_self_check_contact_mail_length CHECK (length("contact_mail") <= 200), 
	version INTEGER NOT NULL, 
	"by" VARCHAR(120) NOT NULL CONSTRAINT ck_self_check_by_length CHECK (length("by") <= 120), 
	at DATETIME NOT NULL, 
	created_at DATETIME NOT NULL, 
	changed_at DATETIME NOT NULL, 
	deleted_at DATETIME, 
	CONSTRAINT pk_self_check PRIMARY KEY (id), 
	CONSTRAINT uq_self_check_creation_hash UNIQUE (creation_hash), 
	CONSTRAINT uq_self_check_public_id UNIQUE (public_id), 
	CONSTRAINT ck_self_check_audit_known CHECK (audit IN ('first', 'renewal')), 
	CONSTRAINT ck_self_check_land_known CHECK (land IN ('HE', 'RP', 'BY', 'unknown')), 
	CONSTRAINT ck_self_check_place_known CHECK (place IN ('oberzentrum', 'mittelzentrum', 'unterzentrum', 'kleinzentrum', 'grundzentrum', 'verwaltungsgemeinschaft', 'keine', 'unknown'))
);
INSERT INTO "self_check" VALUES(1,'7f5da999f6ddf0e136a4','378083135e93026d7ae3ac43a3807546760bb7a35a9be5bdae2d9100a7671fc5','ausgezeichneter-wohnort','2026-1','Weißenbrück an der Lühne','06431','HE','mittelzentrum','renewal','2027-06-15','Erika Möbius','Stabsstelle Stadtmarketing','06251 0000-17','erika.moebius@weissenbrueck.example',2,'Erika Möbius (Koordination)','2025-07-01 07:34:05.120000','2025-06-02 07:15:12.345678','2026-10-19 13:19:00.000000',NULL);
INSERT INTO "self_check" VALUES(2,'151cb7594e51bb66b006','1d3535adde790c7ae290a171904728128b7f2472a6ee254be3620b3db466becb','ausgezeichneter-wohnort','2026-1','Mühlenrode','other','unknown','grundzentrum','first',NULL,'','','','',1,'Koordination','2025-06-06 14:36:12.345678','2025-06-06 14:36:12.345678','2026-11-02 10:00:00.000000',NULL);
INSERT INTO "self_check" VALUES(3,'3a568a56dcc31bb8074f','e68b4dfcaf25135d2b671a52f8f41501011cb357190ebcb86fa6a33cd38680e1','ausgezeichneter-wohnort','2026-1','Nußhain','other','unknown','unknown','first',NULL,'','','','',1,'Koordination','2026-11-16 13:00:00.000000','2026-11-16 13:00:00.000000','2026-11-16 13:00:00.000000','2026-11-16 13:30:00.000000');
INSERT INTO "self_check" VALUES(4,'f88eb0dcdffdb0ec6bdb',NULL,'ausgezeichneter-wohnort','2026-1','Nußhain','other','unknown','unknown','first','2027-10-04','','','','',1,'Koordination','2026-11-16 13:31:00.000000','2026-11-16 13:31:00.000000','2026-11-20 08:00:00.000000',NULL);
CREATE TABLE share (
	id INTEGER NOT NULL, 
	public_id VARCHAR(32) NOT NULL, 
	snapshot_id INTEGER NOT NULL, 
	link_id INTEGER NOT NULL, 
	creation_hash VARCHAR(64), 
	CONSTRAINT pk_share PRIMARY KEY (id), 
	CONSTRAINT fk_share_link_id FOREIGN KEY(link_id) REFERENCES link (id) ON DELETE CASCADE, 
	CONSTRAINT fk_share_snapshot_id FOREIGN KEY(snapshot_id) REFERENCES snapshot (id) ON DELETE CASCADE, 
	CONSTRAINT uq_share_creation_hash UNIQUE (creation_hash), 
	CONSTRAINT uq_share_link_id UNIQUE (link_id), 
	CONSTRAINT uq_share_public_id UNIQUE (public_id)
);
INSERT INTO "share" VALUES(1,'2b356dd272ce6313c2c1',1,2,'14c0d8783e8b7ac7c702a1aedf980045259903960c74f0e7d5c16e685eb7dd8f');
INSERT INTO "share" VALUES(2,'afc409c2c10acd143c26',2,3,NULL);
INSERT INTO "share" VALUES(3,'3b8cdd1e82b97731d27e',3,16,'ce44c4604e4fd2290461ba1c3fef5e880f0bcd0696ca937a59c575e3ba72399d');
CREATE TABLE share_read (
	id INTEGER NOT NULL, 
	share_id INTEGER NOT NULL, 
	grant_id INTEGER NOT NULL, 
	at DATETIME NOT NULL, 
	CONSTRAINT pk_share_read PRIMARY KEY (id), 
	CONSTRAINT fk_share_read_grant_id FOREIGN KEY(grant_id) REFERENCES grant (id) ON DELETE CASCADE, 
	CONSTRAINT fk_share_read_share_id FOREIGN KEY(share_id) REFERENCES share (id) ON DELETE CASCADE
);
INSERT INTO "share_read" VALUES(1,3,17,'2026-10-26 10:00:00.000000');
INSERT INTO "share_read" VALUES(2,3,17,'2026-10-26 13:00:00.000000');
CREATE TABLE snapshot (
	id INTEGER NOT NULL, 
	check_id INTEGER NOT NULL, 
	content TEXT NOT NULL, 
	sha256 VARCHAR(64) NOT NULL, 
	created_at DATETIME NOT NULL, redacted_sha256 VARCHAR(64), redacted_at DATETIME, redacted_by VARCHAR(120) DEFAULT '' NOT NULL CONSTRAINT ck_snapshot_redacted_by_length CHECK (length("redacted_by") <= 120), 
	CONSTRAINT pk_snapshot PRIMARY KEY (id), 
	CONSTRAINT fk_snapshot_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE
);
INSERT INTO "snapshot" VALUES(1,1,'{"answers":{"beschluss":{"evidence":[{"available":true,"file_number":"10-04/25","link":"","page":"3","title":"Auszug aus der Niederschrift","valid_until":null}],"note":"entfernt am 05.07.2025 durch Koordination","reason":"","state":"given","value":"vorstand"},"leitbild":{"evidence":[{"available":false,"file_number":"","link":"","page":"","title":"Entwurf „Weißenbrück 2040“","valid_until":null}],"note":"","reason":"","state":"given","value":"teilweise"},"zustaendigkeit":{"evidence":[],"note":"","reason":"","state":"given","value":"eines-von-beiden"}},"chamber":"IHK Darmstadt","checklist":null,"contact":{"mail":"","name":"","office":"","phone":""},"day":"2025-06-05","district":"Landkreis Bergstraße","estimate":{"bonus":"0","criteria":[{"id":"strategische-zielsetzung","lines":[{"applies":"yes","points":{"claimed":"1","documented":"1","lost":"1","open":"0","possible":"2"},"question":"beschluss","reason":"Nur der Magistrat, der Gemeinde- oder Stadtvorstand oder ein Ausschuss: 1 von 2 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"demografie-strategie","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"1.5","documented":"0","lost":"1.5","open":"0","possible":"3"},"question":"leitbild","reason":"Teilweise: 1,5 von 3 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"1.5","documented":"0","lost":"1.0","open":"0","possible":"2.5"},"question":"zustaendigkeit","reason":"Eine Arbeitsgruppe oder eine fest benannte Person: 1,5 von 2,5 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"2.5","possible":"2.5"},"question":"zusammenarbeit","reason":"offen, bis 2,5 Punkte","state":"open"}],"points":{"claimed":"4.0","documented":"1","lost":"3.5","open":"6.5","possible":"14.0"}},{"id":"zuzug-leicht-gemacht","lines":[{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"anlaufstelle","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"rubrik-neubuerger","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"willkommenspaket","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"undecided","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"paket-inhalt","reason":"noch nicht entschieden, ob die Frage zählt, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"veranstaltungen","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"undecided","points":{"claimed":"0","documented":"0","lost":"0","open":"2","possible":"2"},"question":"einladung","reason":"noch nicht entschieden, ob die Frage zählt, bis 2 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"servicezeiten","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"online-leistungen","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"2","possible":"2"},"question":"lotsen","reason":"offen, bis 2 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"wohnungssuche","reason":"offen, bis 3 Punkte","state":"open"}],"points":{"claimed":"0","documented":"0","lost":"0","open":"31","possible":"31"}},{"id":"beruf-und-familie","lines":[{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"kita-zentral","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"betreuung-beratung","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"quote-u3","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"notfallbetreuung","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"2","possible":"2"},"question":"belegplaetze","reason":"offen, bis 2 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"ganztag-grundschule","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"ferien-ohne-betreuung","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"betreuung-uebersicht","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"2","possible":"2"},"question":"pflege-angebote","reason":"offen, bis 2 Punkte","state":"open"}],"points":{"claimed":"0","documented":"0","lost":"0","open":"28","possible":"28"}},{"id":"auslaendische-fachkraefte","lines":[{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"fremdsprachen-team","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4.5","possible":"4.5"},"question":"internet-englisch","reason":"offen, bis 4,5 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"material-sprachen","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3.5","possible":"3.5"},"question":"ansprechperson-international","reason":"offen, bis 3,5 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"dialog-kulturen","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"sprachen-lernen","reason":"offen, bis 3 Punkte","state":"open"}],"points":{"claimed":"0","documented":"0","lost":"0","open":"20.0","possible":"20.0"}},{"id":"lebensqualitaet","lines":[{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"wohnangebot","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"undecided","points":{"claimed":"0","documented":"0","lost":"0","open":"0","possible":"0"},"question":"bauvorhaben","reason":"noch nicht entschieden, ob die Frage zählt, ohne Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"gigabit","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"mobilitaet","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"freizeit-information","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"nahversorgung","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"ortskern","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"mitmachen","reason":"offen, bis 3 Punkte","state":"open"}],"points":{"claimed":"0","documented":"0","lost":"0","open":"25","possible":"25"}}],"documented_bonus":"0","excluded":[],"full_possible":"118.0","mark":"82.6","points":{"claimed":"4.0","documented":"1","lost":"3.5","open":"110.5","possible":"118.0"},"questionnaire":"ausgezeichneter-wohnort/2026-1","verdict":"possible"},"frozen_on":"2025-06-05","goals":[],"interview":null,"municipality":"Weißenbrück an der Lühne","past_goals":[],"profile":{"audit":"renewal","land":"HE","place":"mittelzentrum"},"projects":[],"questionnaire":"ausgezeichneter-wohnort/2026-1","route":null,"rules_version":1}','8bd29c7e50e68647498ee4aa186d5c82f0fab79c4022fd41ef5c59bfac6ac9dc','2025-06-05 09:34:12.345678','5cb20f7cbe271c3a43b276f6d6a27c3b3abdef10dda33d7aade26ba34182df81','2025-07-05 12:02:05.120000','Koordination');
INSERT INTO "snapshot" VALUES(2,1,'{"answers":{"beschluss":{"evidence":[{"available":true,"file_number":"10-04/25","link":"","page":"3","title":"Auszug aus der Niederschrift","valid_until":null}],"note":"entfernt am 05.07.2025 durch Koordination","reason":"","state":"given","value":"vorstand"},"leitbild":{"evidence":[{"available":false,"file_number":"","link":"","page":"","title":"Entwurf „Weißenbrück 2040“","valid_until":null}],"note":"","reason":"","state":"given","value":"teilweise"},"zustaendigkeit":{"evidence":[],"note":"","reason":"","state":"given","value":"eines-von-beiden"}},"chamber":"IHK Darmstadt","checklist":null,"contact":{"mail":"","name":"","office":"","phone":""},"day":"2025-06-05","district":"Landkreis Bergstraße","estimate":{"bonus":"0","criteria":[{"id":"strategische-zielsetzung","lines":[{"applies":"yes","points":{"claimed":"1","documented":"1","lost":"1","open":"0","possible":"2"},"question":"beschluss","reason":"Nur der Magistrat, der Gemeinde- oder Stadtvorstand oder ein Ausschuss: 1 von 2 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"demografie-strategie","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"1.5","documented":"0","lost":"1.5","open":"0","possible":"3"},"question":"leitbild","reason":"Teilweise: 1,5 von 3 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"1.5","documented":"0","lost":"1.0","open":"0","possible":"2.5"},"question":"zustaendigkeit","reason":"Eine Arbeitsgruppe oder eine fest benannte Person: 1,5 von 2,5 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"2.5","possible":"2.5"},"question":"zusammenarbeit","reason":"offen, bis 2,5 Punkte","state":"open"}],"points":{"claimed":"4.0","documented":"1","lost":"3.5","open":"6.5","possible":"14.0"}},{"id":"zuzug-leicht-gemacht","lines":[{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"anlaufstelle","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"rubrik-neubuerger","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"willkommenspaket","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"undecided","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"paket-inhalt","reason":"noch nicht entschieden, ob die Frage zählt, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"veranstaltungen","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"undecided","points":{"claimed":"0","documented":"0","lost":"0","open":"2","possible":"2"},"question":"einladung","reason":"noch nicht entschieden, ob die Frage zählt, bis 2 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"servicezeiten","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"online-leistungen","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"2","possible":"2"},"question":"lotsen","reason":"offen, bis 2 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"wohnungssuche","reason":"offen, bis 3 Punkte","state":"open"}],"points":{"claimed":"0","documented":"0","lost":"0","open":"31","possible":"31"}},{"id":"beruf-und-familie","lines":[{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"kita-zentral","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"betreuung-beratung","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"quote-u3","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"notfallbetreuung","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"2","possible":"2"},"question":"belegplaetze","reason":"offen, bis 2 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"ganztag-grundschule","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"ferien-ohne-betreuung","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"betreuung-uebersicht","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"2","possible":"2"},"question":"pflege-angebote","reason":"offen, bis 2 Punkte","state":"open"}],"points":{"claimed":"0","documented":"0","lost":"0","open":"28","possible":"28"}},{"id":"auslaendische-fachkraefte","lines":[{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"fremdsprachen-team","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4.5","possible":"4.5"},"question":"internet-englisch","reason":"offen, bis 4,5 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"material-sprachen","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3.5","possible":"3.5"},"question":"ansprechperson-international","reason":"offen, bis 3,5 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"dialog-kulturen","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"sprachen-lernen","reason":"offen, bis 3 Punkte","state":"open"}],"points":{"claimed":"0","documented":"0","lost":"0","open":"20.0","possible":"20.0"}},{"id":"lebensqualitaet","lines":[{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"wohnangebot","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"undecided","points":{"claimed":"0","documented":"0","lost":"0","open":"0","possible":"0"},"question":"bauvorhaben","reason":"noch nicht entschieden, ob die Frage zählt, ohne Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"gigabit","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"mobilitaet","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"freizeit-information","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"nahversorgung","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"ortskern","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"mitmachen","reason":"offen, bis 3 Punkte","state":"open"}],"points":{"claimed":"0","documented":"0","lost":"0","open":"25","possible":"25"}}],"documented_bonus":"0","excluded":[],"full_possible":"118.0","mark":"82.6","points":{"claimed":"4.0","documented":"1","lost":"3.5","open":"110.5","possible":"118.0"},"questionnaire":"ausgezeichneter-wohnort/2026-1","verdict":"possible"},"frozen_on":"2025-06-05","goals":[],"interview":null,"municipality":"Weißenbrück an der Lühne","past_goals":[],"profile":{"audit":"renewal","land":"HE","place":"mittelzentrum"},"projects":[],"questionnaire":"ausgezeichneter-wohnort/2026-1","route":null,"rules_version":1}','8bd29c7e50e68647498ee4aa186d5c82f0fab79c4022fd41ef5c59bfac6ac9dc','2025-06-05 09:36:12.345678','5cb20f7cbe271c3a43b276f6d6a27c3b3abdef10dda33d7aade26ba34182df81','2025-07-05 12:02:05.120000','Koordination');
INSERT INTO "snapshot" VALUES(3,1,'{"answers":{"anlaufstelle":{"evidence":[{"available":true,"file_number":"","link":"https://www.weissenbrueck.example/buergerbuero","page":"","title":"Seite im Internetauftritt","valid_until":null}],"note":"Bürgerbüro am Marktplatz, täglich geöffnet.\nAuch samstags von 9 bis 12 Uhr.","reason":"","state":"given","value":"ja"},"bauvorhaben":{"evidence":[],"note":"","reason":"","state":"given","value":"Neubaugebiet „Süßer Grund“, 84 Wohnungen; Umbau der alten Färberei."},"belegplaetze":{"evidence":[],"note":"Dazu liegt uns nichts vor.","reason":"","state":"open","value":null},"beschluss":{"evidence":[{"available":true,"file_number":"10-04/25","link":"","page":"3","title":"Auszug aus der Niederschrift","valid_until":null},{"available":true,"file_number":"","link":"https://www.weissenbrueck.example/beschluesse?nr=10-04","page":"","title":"Bekanntmachung des Beschlusses","valid_until":"2028-12-31"}],"note":"Der Magistrat hat am 12.05.2025 zugestimmt.","reason":"","state":"given","value":"vertretung"},"demografie-strategie":{"evidence":[{"available":true,"file_number":"","link":"","page":"12–15","title":"Demografiebericht 2019","valid_until":null}],"note":"","reason":"","state":"given","value":"veraltet"},"einladung":{"evidence":[],"note":"","reason":"","state":"given","value":["brief"]},"freizeit-information":{"evidence":[],"note":"","reason":"","state":"given","value":["broschuere","kalender"]},"gigabit":{"evidence":[],"note":"","reason":"","state":"given","value":"71"},"internet-englisch":{"evidence":[],"note":"Fragt Änne Österle bei der IT.","reason":"","state":"open","value":null},"kita-zentral":{"evidence":[],"note":"","reason":"","state":"given","value":"alle-traeger"},"leitbild":{"evidence":[{"available":true,"file_number":"10-04/26 „Leitbild“","link":"","page":"4","title":"Leitbild oder Auszug aus dem Konzept","valid_until":null}],"note":"","reason":"","state":"given","value":"ja"},"lotsen":{"evidence":[],"note":"","reason":"","state":"unclear","value":null},"notfallbetreuung":{"evidence":[],"note":"","reason":"","state":"open","value":null},"paket-inhalt":{"evidence":[],"note":"","reason":"","state":"given","value":["broschuere","gutscheine","stadtplan"]},"quote-u3":{"evidence":[{"available":true,"file_number":"51/U3-2026","link":"","page":"Anlage 2","title":"Statistik der Betreuungsplätze","valid_until":null}],"note":"Stand 1. März 2026","reason":"","state":"given","value":"38.5"},"rubrik-neubuerger":{"evidence":[],"note":"","reason":"","state":"given","value":"unterseite"},"servicezeiten":{"evidence":[{"available":false,"file_number":"","link":"","page":"","title":"Aushang am Rathaus","valid_until":null}],"note":"","reason":"","state":"given","value":["frueh","samstags"]},"veranstaltungen":{"evidence":[],"note":"","reason":"","state":"given","value":"2"},"willkommenspaket":{"evidence":[],"note":"Alle bekommen es bei der Anmeldung.","reason":"","state":"given","value":"nachfrage"},"wohnangebot":{"evidence":[{"available":true,"file_number":"61.2-08","link":"","page":"2","title":"Übersicht der Baugebiete 2026","valid_until":null}],"note":"Die Färberei folgt 2028.","reason":"","state":"given","value":["eigentum","miete","neubau"]},"wohnungssuche":{"evidence":[],"note":"","reason":"Die Wohnungsbaugesellschaft gehört dem Kreis; die Stadt hat keine Wohnungen.","state":"not_applicable","value":null},"zusammenarbeit":{"evidence":[{"available":true,"file_number":"","link":"https://zvn-luehnetal.example/satzung.pdf","page":"","title":"Zweckverband Nahverkehr Lühnetal: Satzung","valid_until":"2026-12-31"}],"note":"","reason":"","state":"given","value":["betreuung","verkehr"]},"zustaendigkeit":{"evidence":[],"note":"","reason":"","state":"given","value":"gruppe-und-person"}},"chamber":"IHK Darmstadt","checklist":null,"contact":{"mail":"erika.moebius@weissenbrueck.example","name":"Erika Möbius","office":"Stabsstelle Stadtmarketing","phone":"06251 0000-17"},"day":"2027-06-15","district":"Landkreis Bergstraße","estimate":{"bonus":"2","criteria":[{"id":"strategische-zielsetzung","lines":[{"applies":"yes","points":{"claimed":"2","documented":"2","lost":"0","open":"0","possible":"2"},"question":"beschluss","reason":"Die gewählte Vertretung (Stadtverordnetenversammlung, Gemeindevertretung, Stadt- oder Gemeinderat, Gemeinschaftsversammlung): 2 von 2 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"2.5","documented":"2.5","lost":"1.5","open":"0","possible":"4"},"question":"demografie-strategie","reason":"Ja, beschlossen, aber nicht aktuell: 2,5 von 4 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"3","documented":"3","lost":"0","open":"0","possible":"3"},"question":"leitbild","reason":"Ja: 3 von 3 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"2.5","documented":"0","lost":"0.0","open":"0","possible":"2.5"},"question":"zustaendigkeit","reason":"Eine Arbeitsgruppe mehrerer Ämter und eine fest benannte Person: 2,5 von 2,5 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"1.5","documented":"0","lost":"1.0","open":"0","possible":"2.5"},"question":"zusammenarbeit","reason":"Kinderbetreuung und Schule; Bus, Bahn und Radwege: 1,5 von 2,5 Punkten","state":"given"}],"points":{"claimed":"11.5","documented":"7.5","lost":"2.5","open":"0","possible":"14.0"}},{"id":"zuzug-leicht-gemacht","lines":[{"applies":"yes","points":{"claimed":"4","documented":"4","lost":"0","open":"0","possible":"4"},"question":"anlaufstelle","reason":"Ja: 4 von 4 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"2","documented":"0","lost":"2","open":"0","possible":"4"},"question":"rubrik-neubuerger","reason":"Ja, aber erst über mehrere Seiten oder die Suche: 2 von 4 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"1.5","documented":"0","lost":"2.5","open":"0","possible":"4"},"question":"willkommenspaket","reason":"Ja, auf Nachfrage: 1,5 von 4 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"2.0","documented":"0","lost":"1.0","open":"0","possible":"3"},"question":"paket-inhalt","reason":"Bürgerbroschüre mit Ansprechpersonen; Orts- oder Stadtplan; Gutscheine, zum Beispiel für Schwimmbad, Bücherei, Geschäfte: 2 von 3 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"3","documented":"0","lost":"0","open":"0","possible":"3"},"question":"veranstaltungen","reason":"Veranstaltungen im Jahr: 2 (ab 2): 3 von 3 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"1","documented":"0","lost":"1","open":"0","possible":"2"},"question":"einladung","reason":"Persönliche Einladung per Post oder E-Mail an alle, die zugezogen sind: 1 von 2 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"1.5","documented":"0","lost":"1.5","open":"0","possible":"3"},"question":"servicezeiten","reason":"An mindestens einem Tag vor 8 Uhr; Samstags: 1,5 von 3 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"online-leistungen","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"2","possible":"2"},"question":"lotsen","reason":"noch unklar, bis 2 Punkte","state":"unclear"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"3","open":"0","possible":"3"},"question":"wohnungssuche","reason":"trifft nicht zu: 0 von 3 Punkten","state":"not_applicable"}],"points":{"claimed":"15.0","documented":"4","lost":"11.0","open":"5","possible":"31"}},{"id":"beruf-und-familie","lines":[{"applies":"yes","points":{"claimed":"4","documented":"0","lost":"0","open":"0","possible":"4"},"question":"kita-zentral","reason":"Ja, für die Einrichtungen aller Träger: 4 von 4 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"betreuung-beratung","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"3","documented":"3","lost":"1","open":"0","possible":"4"},"question":"quote-u3","reason":"38,5 % der Kinder unter drei Jahren (ab 35): 3 von 4 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"notfallbetreuung","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"2","possible":"2"},"question":"belegplaetze","reason":"offen, bis 2 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"ganztag-grundschule","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"ferien-ohne-betreuung","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"betreuung-uebersicht","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"2","possible":"2"},"question":"pflege-angebote","reason":"offen, bis 2 Punkte","state":"open"}],"points":{"claimed":"7","documented":"3","lost":"1","open":"20","possible":"28"}},{"id":"auslaendische-fachkraefte","lines":[{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"fremdsprachen-team","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4.5","possible":"4.5"},"question":"internet-englisch","reason":"offen, bis 4,5 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"material-sprachen","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3.5","possible":"3.5"},"question":"ansprechperson-international","reason":"offen, bis 3,5 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"dialog-kulturen","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"sprachen-lernen","reason":"offen, bis 3 Punkte","state":"open"}],"points":{"claimed":"0","documented":"0","lost":"0","open":"20.0","possible":"20.0"}},{"id":"lebensqualitaet","lines":[{"applies":"yes","points":{"claimed":"2.5","documented":"2.5","lost":"1.5","open":"0","possible":"4"},"question":"wohnangebot","reason":"Mietwohnungen; Eigenheime und Eigentumswohnungen; Baugebiete oder größere Neubauten, geplant oder im Bau: 2,5 von 4 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"0","possible":"0"},"question":"bauvorhaben","reason":"beantwortet, ohne Punkte","state":"given"},{"applies":"yes","points":{"claimed":"2","documented":"0","lost":"2","open":"0","possible":"4"},"question":"gigabit","reason":"71 % der Haushalte (ab 70): 2 von 4 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"mobilitaet","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"2","documented":"0","lost":"1","open":"0","possible":"3"},"question":"freizeit-information","reason":"Veranstaltungskalender im Internet; Gedrucktes Programm oder Heft: 2 von 3 Punkten","state":"given"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"4","possible":"4"},"question":"nahversorgung","reason":"offen, bis 4 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"ortskern","reason":"offen, bis 3 Punkte","state":"open"},{"applies":"yes","points":{"claimed":"0","documented":"0","lost":"0","open":"3","possible":"3"},"question":"mitmachen","reason":"offen, bis 3 Punkte","state":"open"}],"points":{"claimed":"6.5","documented":"2.5","lost":"4.5","open":"14","possible":"25"}}],"documented_bonus":"2","excluded":[],"full_possible":"118.0","mark":"82.6","points":{"claimed":"40.0","documented":"17.0","lost":"19.0","open":"59.0","possible":"118.0"},"questionnaire":"ausgezeichneter-wohnort/2026-1","verdict":"possible"},"frozen_on":"2026-10-26","goals":[{"fields":{"criterion":"D Ausländische Fachkräfte","measure":"Die zwanzig wichtigsten Seiten übersetzen lassen.\nEine Person pflegt sie.","metric":"Zahl der Seiten","now":"0","person":"Änne Österle","start":"Nur Deutsch","target":"20","until":"31.12.2028"},"title":"Internetseiten auf Englisch"},{"fields":{},"title":"Lotsinnen für Neubürger"}],"interview":"2027-06-15","municipality":"Weißenbrück an der Lühne","past_goals":[{"fields":{"achieved":"ja","evidence":"liegt vor: Bericht des Tiefbauamts, S. 7"},"title":"Radwege zum Gewerbegebiet"},{"fields":{"achieved":"nein","evidence":"fehlt noch: Steht noch aus"},"title":"Jugendraum öffnen"}],"profile":{"audit":"renewal","land":"HE","place":"mittelzentrum"},"projects":[{"fields":{"description":"Jährlich am 27. Dezember","effect":"2025 kamen 180 Gäste.","evidence":"liegt vor: Pressebericht vom 29.12.2025"},"title":"Jobmesse „Zurück nach Weißenbrück“"}],"questionnaire":"ausgezeichneter-wohnort/2026-1","remarks":{"belegplaetze":[{"by":"Stadtmarketing","day":"2026-10-12","key":"5","open":true,"text":"Ich frage die Kita am Mühlbach."}],"internet-englisch":[{"by":"Stadtmarketing","day":"2026-10-12","key":"2","open":false,"text":"Zählt auch die Übersetzung durch den Browser?\nIch meine: <eher nicht>."},{"by":"Koordination","day":"2026-10-12","key":"3","open":true,"text":"Nein, laut IHK nur eigene Seiten."}],"leitbild":[{"by":"Kollegium","day":"2025-07-05","key":"1","open":true,"text":"Wer weiß, wann das Leitbild in die Stadtverordnetenversammlung kommt?"}]},"route":null,"rules_version":1}','88c1df717ec9a6f29d094783f71fde94043eb54dec335b380dd81c3dcb323ec2','2026-10-26 08:00:00.000000',NULL,NULL,'');
CREATE TABLE step (
	check_id INTEGER NOT NULL, 
	"key" VARCHAR(120) NOT NULL, 
	first_seen DATE NOT NULL, 
	own BOOLEAN NOT NULL, 
	done BOOLEAN NOT NULL, 
	person VARCHAR(120) NOT NULL CONSTRAINT ck_step_person_length CHECK (length("person") <= 120), 
	note TEXT NOT NULL CONSTRAINT ck_step_note_length CHECK (length("note") <= 2000), 
	title TEXT NOT NULL CONSTRAINT ck_step_title_length CHECK (length("title") <= 500), 
	due DATE, 
	"group" VARCHAR(48) NOT NULL, 
	version INTEGER NOT NULL, 
	"by" VARCHAR(120) NOT NULL CONSTRAINT ck_step_by_length CHECK (length("by") <= 120), 
	at DATETIME, 
	removed_at DATETIME, 
	CONSTRAINT pk_step PRIMARY KEY (check_id, "key"), 
	CONSTRAINT fk_step_check_id FOREIGN KEY(check_id) REFERENCES self_check (id) ON DELETE CASCADE
);
INSERT INTO "step" VALUES(1,'measure:wohnungssuche:wohnboerse','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:contact','2026-10-06',0,1,'Änne Österle','Angerufen am 8. Oktober;
Rückruf zugesagt.','',NULL,'',1,'Änne Österle (Stadtmarketing)','2026-10-12 07:52:00.000000',NULL);
INSERT INTO "step" VALUES(1,'team:chamber','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:council','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'measure:rubrik-neubuerger:rubrik-anlegen','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:buergermeisterbuero','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:hauptamt','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:personal','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:it','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:oeffentlichkeitsarbeit','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:wirtschaftsfoerderung','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:stadtplanung','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:liegenschaften','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:mobilitaet','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:buergerbuero','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:kita','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:schulamt','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:jugendpflege','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:soziales','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:integration','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'team:department:kultur','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'measure:willkommenspaket:paket-an-alle','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'measure:paket-inhalt:paket-ergaenzen','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:internet-englisch','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:ganztag-grundschule','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:wohnangebot','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:gigabit','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:mobilitaet','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:nahversorgung','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:ansprechperson-international','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:online-leistungen','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:betreuung-beratung','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:notfallbetreuung','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:ferien-ohne-betreuung','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:betreuung-uebersicht','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:fremdsprachen-team','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:material-sprachen','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:dialog-kulturen','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:sprachen-lernen','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:freizeit-information','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:ortskern','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:mitmachen','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:lotsen','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:belegplaetze','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'answer:pflege-angebote','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'measure:einladung:bei-anmeldung-einladen','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'measure:servicezeiten:termine-nach-vereinbarung','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'chamber:share','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'interview:people','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'evidence:kita-zentral','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'evidence:veranstaltungen','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'evidence:zustaendigkeit','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'evidence:rubrik-neubuerger','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'evidence:paket-inhalt','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'evidence:zusammenarbeit','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'evidence:willkommenspaket','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'evidence:einladung','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'goal:1','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'goal:2','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'goal:3','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'project:describe','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'interview:table','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'interview:binder','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'chamber:final','2026-10-06',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'measure:freizeit-information:newsletter','2026-10-12',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'evidence:gigabit','2026-10-12',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'evidence:freizeit-information','2026-10-12',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'evidence:servicezeiten','2026-10-12',0,0,'','','',NULL,'',0,'',NULL,NULL);
INSERT INTO "step" VALUES(1,'own:63012d7226edec895d10ec6d3672f964','2026-10-12',1,0,'Änne Österle','','Pressetermin mit dem Bürgermeister','2027-05-03','',1,'Änne Österle (Stadtmarketing)','2026-10-12 07:52:00.000000',NULL);
INSERT INTO "step" VALUES(1,'own:61aa16f267b655238cd437dad370cdea','2026-10-12',1,0,'','','Fotos vom Bürgerbüro machen',NULL,'',2,'Änne Österle (Stadtmarketing)','2026-10-12 07:55:00.000000','2026-10-12 07:55:00.000000');
INSERT INTO "step" VALUES(1,'own:f7a241127b76ea41742a840e18e32b13','2026-10-12',1,0,'','','Flyer für das Neubürgerfest drucken',NULL,'zuzug-leicht-gemacht',1,'Änne Österle (Stadtmarketing)','2026-10-12 07:52:00.000000',NULL);
CREATE INDEX ix_attempt_at ON attempt (at);
CREATE INDEX ix_attempt_kind_key_at ON attempt (kind, "key", at);
CREATE INDEX ix_self_check_deleted_at ON self_check (deleted_at);
CREATE INDEX ix_snapshot_check_id ON snapshot (check_id);
CREATE INDEX ix_link_token_link_id ON link_token (link_id);
CREATE INDEX ix_share_snapshot_id ON share (snapshot_id);
CREATE INDEX ix_share_read_grant_id ON share_read (grant_id);
CREATE INDEX ix_share_read_share_id_at ON share_read (share_id, at);
CREATE INDEX ix_mail_account_id ON mail (account_id);
CREATE INDEX ix_mail_sent_at_next_at ON mail (sent_at, next_at);
CREATE INDEX ix_link_check_id ON link (check_id);
CREATE INDEX ix_grant_token_id ON grant (token_id);
CREATE INDEX ix_grant_link_id ON grant (link_id);
CREATE INDEX ix_grant_account_id ON grant (account_id);
CREATE INDEX ix_evidence_link_id ON evidence (link_id);
CREATE INDEX ix_change_grant_id ON change (grant_id);
CREATE INDEX ix_change_check_id_id ON change (check_id, id);
CREATE INDEX ix_assignment_check_id ON assignment (check_id);
CREATE INDEX ix_comment_check_id_question ON comment (check_id, question);
CREATE INDEX ix_comment_grant_id ON comment (grant_id);
CREATE INDEX ix_named_state_check_id ON named_state (check_id);
CREATE INDEX ix_named_state_grant_id ON named_state (grant_id);
CREATE INDEX ix_redaction_check_id ON redaction (check_id);
CREATE INDEX ix_redaction_grant_id ON redaction (grant_id);
COMMIT;
