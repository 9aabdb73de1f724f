"""What pages of several subjects show of one self-check beyond what every page of it needs: remarks, the
Zwischenstand, good examples.
"""
