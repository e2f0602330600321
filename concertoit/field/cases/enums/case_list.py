"""Columns of the template of a list of cases: what each holds, and its title."""

TEMPLATE = (
    ("municipality", "Municipalité"), ("address", "Adresse"), ("unit", "Logement"), ("dwellings", "Nombre de logements"),
    ("problems", "Problèmes"), ("description", "Description"), ("received", "Reçu le"), ("sender", "Organisme"),
    ("external", "No de dossier"), ("given_name", "Prénom"), ("family_name", "Nom"), ("phone", "Téléphone"),
    ("email", "Courriel"), ("consent", "Accord"),
)  # fmt: skip
