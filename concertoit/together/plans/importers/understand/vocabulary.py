"""The meanings of columns, and the words by which plans name them: an exact table, read by ``roles``."""

from __future__ import annotations

from enum import StrEnum

from concertoit.together.plans.rules.document import NodeKind


class Role(StrEnum):
    """The meanings that a column may have."""

    AXIS = "axis"
    OUTER = "outer"  # a heading above a level that the plan already has (an issue above an axis)
    OBJECTIVE = "objective"
    SPECIFIC = "specific_objective"
    ACTION = "action"
    OUTCOME = "outcome"
    STEP = "step"
    MEANS = "means"
    NUMBER = "number"
    OUTLINE = "outline"  # several levels in one column, told apart by their numbers or labels
    LEAD = "lead"
    FISCAL_AGENT = "fiscal_agent"
    PARTNER = "partner"
    INDICATOR = "indicator"
    TARGET = "target"
    BASELINE = "baseline"
    PERIOD = "period"
    START = "start"
    END = "end"
    YEAR = "year"
    BUDGET = "budget"
    SPENT = "spent"
    SOURCE = "funding_source"
    STATE = "state"
    CROSS_CUTTING = "cross_cutting"
    NOTE = "note"
    COUNT = "count"
    UNKNOWN = "unknown"
    IGNORE = "ignore"


LEVEL_ROLES: dict[Role, NodeKind] = {
    Role.AXIS: NodeKind.AXIS,
    Role.OBJECTIVE: NodeKind.OBJECTIVE,
    Role.ACTION: NodeKind.ACTION,
    Role.OUTCOME: NodeKind.OUTCOME,
    Role.STEP: NodeKind.STEP,
}
#: Roles that say something about a node of the plan, and so make a table a plan's table when a level stands beside them.
PLAN_ROLES = frozenset(
    {
        Role.LEAD,
        Role.PARTNER,
        Role.FISCAL_AGENT,
        Role.PERIOD,
        Role.START,
        Role.END,
        Role.YEAR,
        Role.BUDGET,
        Role.INDICATOR,
    }
    | {Role.STATE, Role.TARGET, Role.STEP, Role.OUTCOME, Role.ACTION, Role.MEANS}
)

#: Headers by role, without accents; plurals and feminine marks are folded away when they are compared.
HEADERS: dict[Role, str] = {
    Role.AXIS: """
        axe | sous-axe | sous axe | sous-sous-axe | sous sous axe | sous-sous axe | axe d'intervention |
        axe strategique | axe prioritaire | orientation | orientation strategique | grande orientation |
        enjeu | enjeu prioritaire | champ d'action | champ d'intervention | champ | domaine |
        domaine d'intervention | domaine d'action | sphere d'activite | theme | thematique | volet |
        chantier | priorite d'action | priorite strategique | dimension | categorie | pilier | secteur |
        secteur d'intervention | secteur d'activite | defi
    """,
    Role.OBJECTIVE: """
        objectif | but | objectif general | objectif strategique | objectif vise | objectif poursuivi |
        objectif a atteindre | finalite | objectif prioritaire | objectif de developpement | intention |
        objectif de l'action
    """,
    Role.SPECIFIC: """
        objectif specifique | sous-objectif | objectif operationnel | sous objectif
    """,
    Role.ACTION: """
        action | fiche action | titre de la fiche action | fiche-action | titre | action concrete |
        action a realiser | action propose | action proposee | action prevue | action prioritaire |
        action retenue | action a entreprendre | action a poser | action envisagee | action cle |
        action et projet | description de l'action | mesure | projet | activite | initiative |
        piste d'action | intervention | engagement | quoi | realisation | mesure et action | mesure prevue |
        activite prevue | titre de l'action | nom de l'action | intitule | intitule de l'action |
        projet et action | action specifique | action planifiee | chantier de travail | libelle |
        libelle de l'action | strategie d'action | activite et projet | action precise | que faire | geste |
        titre du projet | nom du projet | fiche | fiche d'action | fiche projet | fiche mesure | fiche-projet |
        fiche-mesure | titre de la fiche | intitule de la fiche | intitule du projet | intitule de la mesure |
        titre de la mesure | nom de la mesure
    """,
    Role.MEANS: """
        moyen | moyen d'action | moyen de mise en oeuvre | moyen pour y arriver | strategie | comment |
        modalite | methode
    """,
    Role.OUTCOME: """
        resultat | resultat attendu | resultat vise | resultat escompte | changement souhaite |
        changement attendu | changement vise | retombee | retombee attendue | retombee visee | livrable |
        livrable attendu | effet | effet attendu | effet vise | extrant | impact | impact attendu |
        benefice attendu | resultat souhaite | biens livrable
    """,
    Role.STEP: """
        etape | tache | sous-action | sous action | etape de realisation | etape a realiser | etape cle |
        etape de mise en oeuvre | jalon | sous-activite | sous activite | sous-tache | tache a realiser |
        principale etape | prochaine etape | sous-mesure | action detaillee | detail de l'action
    """,
    Role.NUMBER: """
        no | n | n° | numero | # | code | id | ref | reference | no action | numero de l'action |
        numero d'action | no de l'action | no d'action | num
    """,
    Role.LEAD: """
        responsable | porteur | porteuse | porteur de dossier | porteur de projet | pilote | leader |
        leadership | lead | qui | mandataire | organisme responsable | personne responsable | responsabilite
        | porteur d'action | organisme porteur | responsable du projet | responsable de l'action |
        coordonnateur | direction responsable | service responsable | responsable principal |
        instance responsable | maitre d'oeuvre | maitrise d'oeuvre | chef de file | organisme pilote |
        organisme | organisation responsable | acteur responsable | service porteur | service | porte par |
        pilotage | pilote de l'action | responsable et collaborateur | promoteur | charge de projet |
        resp | institution porteuse | institution responsable | ministere porteur | ministere responsable |
        administration porteuse | organisation porteuse | structure porteuse | structure responsable |
        collectivite porteuse | maitre d'ouvrage | maitrise d'ouvrage | porteur de l'action | acteur pilote |
        personne pilote | structure pilote | service pilote | direction ou service pilote | direction pilote
        | imputable | imputabilite | personne porteuse | entite responsable | direction
    """,
    Role.FISCAL_AGENT: """
        fiduciaire | organisme fiduciaire | fiduciaire du projet
    """,
    Role.PARTNER: """
        partenaire | collaborateur | collaboration | organisme partenaire | partenaire implique |
        partenaire potentiel | acteur | intervenant | partenaire pressenti | acteur implique |
        partenaire vise | acteur concerne | partenariat | collaborateur potentiel | en collaboration avec |
        avec qui | organisme collaborateur | partie prenante | partenaire et collaborateur | soutien |
        collaboration possible | partenaire externe | partenaire interne | organisme implique |
        partenaire a mobiliser | partenaire principal | allie | partenaire concerne | contributeur |
        personne impliquee | co-porteur | coll | collab | part | copilote | personne a impliquer |
        partenaire a impliquer | organisme a impliquer | organisation a impliquer | acteur a impliquer |
        acteur a mobiliser | institution partenaire | collaborateur interne | collaborateur externe
    """,
    Role.INDICATOR: """
        indicateur | indicateur de resultat | indicateur de suivi | indice de progression |
        indicateur de reussite | indicateur de succes | indicateur de performance | critere de succes |
        critere de reussite | mesure de succes | indicateur de realisation | indicateur d'evaluation |
        moyen de verification | outil d'evaluation | critere d'evaluation | indicateur de mesure |
        evaluation | indicateur et cible | mesure du resultat
    """,
    Role.TARGET: """
        cible | cible visee | cible a atteindre | valeur cible
    """,
    Role.BASELINE: """
        valeur de depart | situation de depart | depart | valeur de reference | situation initiale |
        etat initial
    """,
    Role.PERIOD: """
        echeancier | echeance | date | periode | calendrier | annee | annee de realisation | quand | delai |
        date d'echeance | duree | horizon | temps | moment | echeancier de realisation | echeance prevue |
        echeancier prevu | date prevue | date limite | calendrier de realisation | periode de realisation |
        date de realisation | annee prevue | temporalite | periode visee | date cible |
        annee de mise en oeuvre | echeance visee | terme | horizon temporel
    """,
    Role.START: """
        debut | date de debut | debut prevu | date debut | annee de debut | depart prevu | demarrage
    """,
    Role.END: """
        fin | date de fin | fin prevue | date fin | annee de fin | date de fin prevue
    """,
    Role.BUDGET: """
        budget | cout | montant | ressource financiere | budget prevu | cout estime | budget estime |
        cout prevu | budget total | cout total | budget alloue | montant prevu | montant alloue | combien |
        estimation des couts | estimation budgetaire | estime | budget requis | prevision budgetaire | prix
        | $ | somme | financement | budget previsionnel | budget previsionnel total | montant ttc |
        montant ht | investissement | depense prevue | cout approximatif | budget necessaire |
        montant demande | cout estimatif | estimation du cout | ordre de grandeur des couts |
        montant estime | somme prevue | budget annuel
    """,
    Role.SPENT: """
        depense | depense reelle | budget depense | montant depense | cout reel | montant engage |
        budget utilise
    """,
    Role.SOURCE: """
        source de financement | financeur | financeur 1 | financeur 2 | financeur 3 | partenaire financier |
        bailleur de fond | source | programme de financement | provenance du financement |
        financement source | fond
    """,
    Role.STATE: """
        etat | statut | avancement | etat d'avancement | etat de realisation | etat de situation |
        statut de l'action | degre d'avancement | realise | niveau d'avancement | progression | etat actuel
        | realisation oui non | suivi du statut | etat d'avancement de l'action
    """,
    Role.CROSS_CUTTING: """
        priorite transversale | axe transversal | priorite transversale touchee | transversal |
        dimension transversale
    """,
    Role.NOTE: """
        commentaire | remarque | note | suivi | descriptif | note complementaire | note de suivi |
        thematique principale | elu referent | participation citoyenne | instance de gouvernance |
        moyen humain et technique | observation | precision | description | detail | bilan |
        commentaire et suivi | contexte | constat | besoin | justification | clientele | clientele visee |
        public cible | population visee | clientele cible | groupe cible | territoire | lieu | municipalite
        | secteur vise | mrc | milieu | ressource | ressource necessaire | ressource humaine |
        ressource materielle | ressource humaine et materielle | ressource requise | outil | priorite |
        niveau de priorite | degre de priorite | importance | facteur de succes | risque | condition |
        condition de reussite | lien | complementarite | pourquoi | portee | information complementaire |
        type | type d'action | etat des lieux | problematique | suivi et commentaire | moyen de suivi |
        moyen de communication | prealable | justification du choix | prise en compte | ods | ou |
        cible population | population | participant | personne rejointe | force | faiblesse
    """,
    Role.COUNT: """
        nombre | total | nombre d'action | nombre d'objectif | nb | pourcentage | % | nombre de mesure |
        nombre de projet
    """,
}

#: Words that may follow a known header without changing its meaning (``Actions proposées``, ``Coût estimé``).
FOLLOWERS = frozenset(
    word
    for line in (
        "2025 2026 a actuel alloue annuel approximatif approximative associe associee attendu attendue au aux",
        "cible ciblee concerne concernee d de des detaille detaillee du en envisage envisagee estime estimee et",
        "global identifie identifiee implique impliquee initial l le lie liee local locale par possible potentiel",
        "potentielle pour prevu prevue principal principale prioritaire propose proposee realise realisee regional",
        "regionale relie requis requise retenu retenue souhaite souhaitee total vise visee",
    )
    for word in line.split()
)
