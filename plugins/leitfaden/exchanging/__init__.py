"""What translators get and give back: texts with their markup as tags, in files of other tools."""
