"""Whether somebody asks in words never to be written to again; such a wish is never argued with."""

from collections.abc import Sequence

ALONE = frozenset(
    ["stop", "please stop", "stop please", "stop it", "stop this", "please stop this", "stop now",
     "unsubscribe", "please unsubscribe", "unsubscribe please", "unsubscribe me", "remove",
     "please remove", "opt out", "optout", "opt-out", "leave me alone", "go away", "abmelden",
     "bitte abmelden", "stopp", "bitte stoppen", "abbestellen", "desabonner", "desinscription",
     "baja", "cancelar suscripcion", "cancellami", "disiscrivimi", "afmelden", "uitschrijven",
     "remover", "descadastrar", "cancelar", "remove me", "please remove me", "arretez", "basta"]
)  # fmt: skip
"""A whole sentence that is only this."""

WHEREVER = (
    "unsubscribe me", "please unsubscribe", "want to unsubscribe", "wish to unsubscribe",
    "like to unsubscribe", "remove me from", "please remove me", "remove my address",
    "remove my email", "remove my name", "remove my details", "remove my contact", "take me off",
    "take my name off", "take my address off", "stop emailing", "stop mailing", "stop contacting",
    "stop writing", "stop messaging", "stop sending", "stop spamming", "stop bothering",
    "stop these", "stop this spam", "do not contact me", "do not email me", "do not mail me",
    "do not write to me", "do not write me", "do not message me", "do not send me",
    "never contact", "never email me", "never write to me", "no more emails", "no more mails",
    "no more messages", "no further emails", "no further contact", "no further mails",
    "opt me out", "opt out of", "like to opt out", "want to opt out", "i opt out",
    "leave me alone", "delete my data", "delete my details", "delete my address",
    "delete my email", "delete my contact", "erase my data", "not wish to be contacted",
    "not want to be contacted", "not to be contacted", "not wish to receive",
    "not want to receive", "lose my email", "lose my number", "keine mails mehr",
    "keine weiteren mails", "keine e-mails mehr", "keine weiteren e-mails",
    "nicht mehr anschreiben", "nicht mehr kontaktieren", "nicht mehr schreiben",
    "nicht mehr zu schreiben", "aus dem verteiler", "aus ihrem verteiler", "aus deinem verteiler",
    "tragen sie mich aus", "trag mich aus", "loschen sie meine", "losche meine", "mich abmelden",
    "schreiben sie mir nicht mehr", "schreib mir nicht mehr", "me desabonner", "me desinscrire",
    "ne plus me contacter", "ne me contactez plus", "ne m'ecrivez plus", "ne plus recevoir",
    "ne plus m'ecrire", "retirez-moi", "retirez moi", "supprimez mes", "supprimez mon adresse",
    "darme de baja", "dame de baja", "deme de baja", "no me escriban", "no me escriba",
    "no me escribas", "no me contacte", "no me contacten", "no quiero recibir", "borre mis",
    "borren mis", "eliminen mis datos", "non contattarmi", "non mi contatti", "non scrivermi",
    "non mi scriva", "non mi scrivete", "non voglio piu ricevere", "rimuovetemi", "rimuovimi",
    "cancellatemi", "cancellate i miei", "niet meer mailen", "niet meer te mailen",
    "geen mails meer", "geen e-mails meer", "mij uitschrijven", "me uitschrijven", "verwijder mij",
    "verwijder mijn", "mail mij niet meer", "mail me niet meer", "nao me contacte",
    "nao me contate", "nao me escreva", "nao me envie", "nao quero receber",
    "nao quero mais receber", "remova-me", "me remova", "remova meu", "remova o meu", "retire-me",
    "pare de me", "parem de me", "pare de enviar",
)  # fmt: skip

NOT_MEANT = (
    "to unsubscribe click", "to unsubscribe from this", "unsubscribe here", "unsubscribe link",
    "click to unsubscribe", "from cc", "from the cc", "from bcc", "from the bcc", "from copy",
    "from this thread", "from the thread", "from the loop", "never contact us", "off the cc",
    "stop by", "do not unsubscribe", "do not remove me", "do not stop", "off the hook",
    "take me off guard", "to opt out of", "off bcc",
)  # fmt: skip
"""With one of these in the sentence it means something else."""


def says_stop(sentences: Sequence[str]) -> bool:
    """Whether one of the folded sentences asks for it."""
    return any(_is_wish(sentence) for sentence in sentences)


def _is_wish(sentence: str) -> bool:
    if sentence in ALONE:
        return True
    padded = f" {sentence} "
    if any(phrase in padded for phrase in NOT_MEANT):
        return False
    return any(f" {phrase}" in padded for phrase in WHEREVER)
