"""The plain answers in seven languages, folded; what is in none is for the owner to read."""

YES_HEADS = frozenset(
    ["yes", "yep", "yup", "yeah", "yea", "yess", "sure", "absolutely", "definitely", "certainly",
     "gladly", "ok", "okay", "ja", "jawohl", "gerne", "klar", "naturlich", "selbstverstandlich",
     "oui", "volontiers", "si", "claro", "certo", "certamente", "volentieri", "graag", "zeker",
     "natuurlijk", "sim", "jep", "jup", "jo", "encantado", "encantada", "agreed", "delighted"]
)  # fmt: skip
"""Words that are a yes when the rest of the sentence is harmless."""

YES_PHRASES = frozenset(
    ["happy for you to", "i am happy for you to", "i would welcome", "i would appreciate that",
     "i would appreciate an introduction", "would appreciate the introduction", "i would value",
     "i am interested", "i am very interested", "very interested", "interested",
     "i would be interested", "i would be very interested", "i would be thrilled",
     "i would be honored", "i would be honoured", "thrilled to", "keen to", "i am keen to",
     "i would be up for it", "i would be up for that", "please make the connection",
     "please put us in touch", "put us in touch", "please connect me", "please intro us",
     "please intro me", "i would love an introduction", "i would love an intro",
     "happy to be introduced", "always happy to", "i would really like that",
     "i would like an introduction", "sounds like a plan", "very happy to", "more than happy to",
     "only too happy to", "of course", "by all means", "with pleasure", "please do", "go ahead",
     "please go ahead", "sounds good", "sounds great", "sounds good to me", "sounds great to me",
     "sure thing", "happy to", "i am happy to", "glad to", "i would be happy to",
     "i would be glad to", "would be happy to", "i would love to", "would love to",
     "i would love that", "would love that", "i would like that", "i would be delighted",
     "i am in", "count me in", "works for me", "that works for me", "that works", "fine with me",
     "fine by me", "it is fine with me", "that is fine with me", "that is fine", "i am open to it",
     "i am open to that", "i am up for it", "i am up for that", "up for it", "i agree", "i accept",
     "let us do it", "do it", "please introduce us", "please introduce me", "please connect us",
     "please make the introduction", "please make the intro", "make the intro", "introduce us",
     "an intro would be great", "an introduction would be great", "that would be great",
     "that would be lovely", "that would be wonderful", "that would be perfect",
     "that would be fantastic", "that would be awesome", "that would be amazing", "mit vergnugen",
     "auf jeden fall", "sehr gerne", "na klar", "bin dabei", "ich bin dabei", "einverstanden",
     "avec plaisir", "bien sur", "d'accord", "tout a fait", "por supuesto", "con gusto",
     "con mucho gusto", "de acuerdo", "me encantaria", "con piacere", "va bene", "d'accordo",
     "molto volentieri", "met plezier", "prima", "is goed", "heel graag", "com prazer",
     "com certeza", "pode sim", "com muito gosto", "claro que si", "claro que sim",
     "avec grand plaisir", "ja gerne", "adoraria", "me gustaria"]
)  # fmt: skip
"""Runs of words that are a yes when the rest of the sentence is harmless."""

HARMLESS = frozenset(
    ["connected", "via", "over", "zoom", "phone", "absolutely", "thrilled", "honoured", "honored",
     "welcome", "opportunity", "suggestion", "offer", "offering", "reaching", "kindness", "guys",
     "everyone", "both", "new", "acquaintance", "knowing", "chance", "worthwhile", "useful",
     "valuable", "oh", "always", "introduced", "plan", "than", "yes", "please", "pls", "thanks",
     "thank", "you", "thx", "many", "lot", "a", "so", "much", "very", "for", "asking", "thinking",
     "of", "me", "us", "the", "this", "that", "it", "is", "be", "i", "we", "my", "your", "to",
     "do", "go", "ahead", "and", "with", "him", "her", "them", "introduce", "introduction",
     "intro", "connect", "connection", "make", "making", "happy", "glad", "delighted", "pleased",
     "love", "like", "would", "will", "am", "are", "great", "good", "lovely", "wonderful",
     "fantastic", "perfect", "excellent", "awesome", "amazing", "brilliant", "nice", "sounds",
     "looks", "idea", "looking", "forward", "look", "from", "meet", "meeting", "chat", "talk",
     "talking", "speak", "speaking", "chatting", "connecting", "hello", "hi", "hey", "dear",
     "email", "mail", "address", "here", "in", "on", "up", "open", "interested", "definitely",
     "sure", "certainly", "gladly", "indeed", "really", "excited", "keen", "eager", "course",
     "all", "means", "pleasure", "ok", "okay", "can", "feel", "free", "works", "work", "fine",
     "let", "let's", "by", "our", "their", "his", "as", "too", "cheers", "best", "kind",
     "appreciate", "appreciated", "kindly", "count", "help", "any", "time", "anytime", "wow",
     "cool", "super", "an", "touch", "get", "put", "getting", "intros", "people", "founder",
     "founders", "conversation", "agree", "agreed", "accept", "gerne", "bitte", "danke", "ja",
     "sehr", "dir", "ihnen", "vielen", "dank", "freue", "mich", "ich", "auf", "das", "uns",
     "stell", "stelle", "stellen", "sie", "vor", "mach", "machen", "gern", "klar", "darauf",
     "kontakt", "den", "die", "der", "es", "wurde", "freuen", "toll", "schon", "schone", "oui",
     "merci", "beaucoup", "avec", "plaisir", "grand", "bien", "sur", "vous", "tu", "plait", "s'il",
     "te", "volontiers", "si", "gracias", "muchas", "por", "favor", "claro", "gusto", "con",
     "mucho", "encantado", "encantada", "grazie", "mille", "piacere", "certo", "volentieri",
     "molto", "va", "bene", "graag", "bedankt", "alstublieft", "alsjeblieft", "hoor", "je", "wel",
     "zeker", "heel", "sim", "obrigado", "obrigada", "muito", "prazer", "com", "certeza", "gosto",
     "pode", "presenta", "presentanos", "adelante"]
)  # fmt: skip
"""Words that add nothing to a yes and take nothing away. No negation, doubt, time or condition."""

NEUTRAL_STARTS = (
    "thanks", "thank you", "thank u", "many thanks", "hope you", "hope all", "hope this",
    "i hope you", "great to hear", "good to hear", "nice to hear", "lovely to hear", "how are you",
    "looking forward", "look forward", "have a", "all the best", "talk soon", "speak soon",
    "danke", "vielen dank", "merci", "gracias", "grazie", "bedankt", "obrigad", "long time",
    "always good", "always nice", "happy new year", "good morning", "good evening", "so good to",
    "appreciate", "i appreciate", "that is very kind", "that is kind", "how kind", "very kind",
    "sorry for the", "sorry for my", "apologies for", "ich hoffe", "freue mich", "ich freue mich",
    "you are the best", "you are a star", "dank je", "hoop dat", "i have been following",
    "i have been meaning", "i have been wanting", "i have heard great", "i have heard good",
    "i have heard so much", "i am a fan", "i am a big fan", "my email is", "my e-mail is",
    "my number is", "my address is", "my best email", "you can reach me", "i am free",
    "i am available", "feel free to", "the best way to reach me", "it is always good",
    "it has been too long",
)  # fmt: skip
"""How sentences begin that are courtesy; they count for nothing when they hold no turn of mind."""

NO_HEADS = frozenset(["no", "nope", "nah", "nein", "non", "nee", "nao", "never", "pass", "no."])
NO_PHRASES = (
    "no thanks", "no thank you", "not interested", "rather not", "i will pass", "i would pass",
    "i will have to pass", "going to pass", "have to pass", "hard pass", "must decline",
    "have to decline", "will decline", "respectfully decline", "politely decline", "i decline",
    "prefer not", "not for me", "please do not", "do not want", "do not introduce",
    "i do not think so", "unfortunately not", "afraid not", "absolutely not", "definitely not",
    "certainly not", "of course not", "not a good fit", "not the right fit", "not a fit",
    "no interest", "cannot do", "sorry no", "no sorry", "i am not looking",
    "not really interested", "do not have the bandwidth", "do not have the capacity",
    "do not have capacity", "not keen", "will have to say no", "have to say no", "thanks but no",
    "not comfortable", "no way", "lieber nicht", "kein interesse", "nein danke", "leider nicht",
    "leider nein", "nicht interessiert", "mochte ich nicht", "pas interesse", "non merci",
    "je prefere pas", "je ne souhaite pas", "pas pour moi", "je prefere ne pas", "no gracias",
    "no me interesa", "prefiero no", "mejor no", "no grazie", "non mi interessa",
    "preferisco di no", "meglio di no", "liever niet", "geen interesse", "nee bedankt",
    "nee dank je", "nao obrigado", "nao obrigada", "nao tenho interesse", "prefiro nao",
    "melhor nao", "non sono interessat", "not something i", "would rather you did not",
    "count me out",
)  # fmt: skip
"""Runs of words that are a no wherever they stand."""
NOT_A_NO = frozenset(
    ["problem", "problems", "problemo", "worries", "worry", "doubt", "question", "idea", "rush",
     "hurry", "objection", "objections", "issue", "issues", "mind", "biggie", "brainer", "clue",
     "trouble", "probleme", "hay", "need", "matter", "wonder", "probs", "strings", "reason",
     "harm", "pressure"]
)  # fmt: skip
"""After these a leading `no` is none, or none that is sure: "no problem", "no, I don't mind"."""

LATER_PHRASES = (
    "not now", "not right now", "not just now", "not yet", "not at the moment", "maybe later",
    "perhaps later", "another time", "some other time", "ask me again", "ask again",
    "try me again", "try again", "check back", "check in again", "circle back", "ping me",
    "remind me", "get back to me in", "come back to me", "come back to this", "revisit",
    "touch base again", "reach out again", "not this week", "not this month", "not this quarter",
    "not this year", "not before", "not until", "can it wait", "wait until", "wait till",
    "bad time", "not a good time", "not the best time", "not the right time", "too busy right now",
    "swamped right now", "swamped at the moment", "busy at the moment", "give me a few", "later",
    "a bit later", "in a few weeks", "in a few months", "a few weeks from now", "down the road",
    "hold off", "postpone", "put a pin", "jetzt nicht", "nicht jetzt", "gerade nicht", "spater",
    "im moment nicht", "momentan nicht", "zurzeit nicht", "ein andermal", "plus tard",
    "pas maintenant", "pas en ce moment", "pas tout de suite", "une autre fois", "mas tarde",
    "ahora no", "mas adelante", "por ahora no", "en otro momento", "piu tardi", "non ora",
    "non adesso", "piu avanti", "un'altra volta", "un altro momento", "nu niet", "even niet",
    "nu even niet", "een andere keer", "mais tarde", "agora nao", "mais para a frente",
    "outra altura", "noutra altura", "noch nicht", "pas encore", "todavia no", "non ancora",
    "nog niet", "ainda nao", "momenteel niet",
)  # fmt: skip

DEFERS = frozenset(
    ["after", "until", "till", "before", "once", "in", "from", "next", "nach", "ab", "erst",
     "apres", "despues", "dopo", "depois", "na", "pas", "wieder", "again", "im", "en", "a",
     "partir", "nachste", "nachsten", "la", "le"]
)  # fmt: skip
"""With one of these a day in the sentence puts things off."""

CONDITIONS = frozenset(
    ["if", "unless", "provided", "providing", "depends", "depending", "assuming", "but", "however",
     "although", "though", "only", "except", "whether", "long", "condition", "subject", "once",
     "wenn", "falls", "sofern", "solange", "aber", "vorausgesetzt", "nur", "mais", "pourvu",
     "seulement", "pero", "siempre", "solo", "ma", "pero'", "se", "purche", "maar", "mits", "als",
     "tenzij", "alleen", "mas", "desde", "contanto", "bevor", "kommt", "depend", "depende",
     "dipende", "hangt", "otherwise", "so long", "first"]
)  # fmt: skip
"""Words that tie a yes to something."""

ASKS = frozenset(
    ["who", "what", "which", "why", "how", "when", "where", "whom", "whose", "wer", "was", "warum",
     "wie", "wann", "worum", "qui", "quoi", "pourquoi", "comment", "quand", "quien", "que", "como",
     "cuando", "chi", "cosa", "perche", "quando", "wat", "waarom", "wanneer", "quem", "qual"]
)  # fmt: skip
ASK_PHRASES = (
    "tell me more", "more about", "more info", "more information", "more detail", "more details",
    "more context", "do you know", "can you say", "could you say", "what is it about",
    "need to know", "curious what", "curious who", "wondering", "send me more", "share more",
    "some background", "a bit more", "mehr erfahren", "mehr daruber", "en savoir plus",
    "saber mas", "saperne di piu", "meer weten", "saber mais",
)  # fmt: skip

DOUBTS = frozenset(
    ["maybe", "perhaps", "wait", "hmm", "kidding", "joking", "almost", "possibly", "probably",
     "whatever", "not", "psych", "lol", "haha", "today", "tomorrow", "yesterday", "eventually",
     "sarcasm", "somehow", "sometime", "never", "nobody", "none", "nothing", "vielleicht",
     "quizas", "forse", "misschien", "talvez", "peut-etre", "jein", "nicht", "pas", "niet",
     "sadly", "minister"]
)  # fmt: skip
"""Never a name, however they are written."""

LEADS = frozenset(
    ["thanks", "thank", "you", "thx", "great", "perfect", "lovely", "awesome", "wow", "oh", "idea",
     "so", "and", "excellent", "wonderful", "brilliant", "amazing", "fantastic", "hi", "hello",
     "hey", "super", "toll", "cool", "nice", "much", "very", "many", "for", "asking", "a", "lot"]
)  # fmt: skip
"""Words before a yes that change nothing about it."""

GIVES = frozenset(["send", "share", "forward", "use", "give", "pass"])
"""Harmless with "my" behind them: "yes, share my number"; else they ask for something."""

MINE = frozenset(["details", "number", "contact", "info", "information", "coordinates", "cell"])
"""Harmless behind "my"."""

SUBJECTS = frozenset(["i", "we", "that", "please", "this", "to", "us"])
VERBS = frozenset(["are", "is", "would", "will", "can", "do", "am", "be"])
"""Harmless behind a subject of the writer's own: "of course you are" is no yes."""
