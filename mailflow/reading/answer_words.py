"""The plain yes in seven languages, and the words that change nothing about it, all folded."""

YES_HEADS = frozenset(
    ["totally", "affirmative", "yay", "gern", "absolument", "volentieri", "naturellement",
     "evidemment", "ovviamente", "tuurlijk", "perfeitamente", "yes", "yep", "yup", "yeah", "yea",
     "yess", "sure", "absolutely", "definitely", "certainly", "gladly", "ok", "okay", "ja",
     "jawohl", "gerne", "klar", "naturlich", "selbstverstandlich", "oui", "volontiers", "si",
     "claro", "certo", "certamente", "graag", "zeker", "natuurlijk", "sim", "jep", "jup", "jo",
     "encantado", "encantada", "agreed", "delighted"]
)  # fmt: skip
"""Words that are a yes when the rest of the sentence is harmless."""

YES_PHRASES = frozenset(
    ["i consent", "permission granted", "you have my permission", "you have my ok",
     "you have my okay", "you have my consent", "you have my blessing", "i am happy with that",
     "happy with that", "go right ahead", "intro away", "i would be curious to", "curious to meet",
     "please feel free to introduce us", "please feel free to introduce me",
     "please feel free to connect us", "please feel free to share my", "please feel free to",
     "that would be helpful", "that would be useful", "that would be ideal", "that would be kind",
     "that would be much appreciated", "much appreciated", "it would be great to",
     "would be great to", "it would be a pleasure", "it would be my pleasure", "a pleasure",
     "it would be lovely to", "i am happy for that", "consider it a yes", "you got it", "you bet",
     "for sure", "why of course", "please proceed", "proceed", "please introduce",
     "du kannst uns gerne", "sie konnen uns gerne", "du kannst uns", "sie konnen uns",
     "kannst du gerne machen", "tu peux nous mettre en relation",
     "vous pouvez nous mettre en relation", "mettez-nous en relation", "mets-nous en relation",
     "tu peux nous presenter", "vous pouvez nous presenter", "puedes presentarnos",
     "puede presentarnos", "preséntanos", "puoi presentarci", "puo presentarci", "presentaci pure",
     "stel ons maar voor", "je mag ons voorstellen", "u mag ons voorstellen",
     "pode fazer a apresentacao", "podes apresentar", "pode nos apresentar",
     "podes fazer a apresentacao", "more than happy to", "i am more than happy to",
     "i would be more than happy to", "would be more than happy to", "only too happy to",
     "i would be only too happy to", "that sounds wonderful", "that sounds great",
     "that sounds good", "that sounds lovely", "that sounds perfect", "that sounds fantastic",
     "would love an intro", "would love an introduction", "would love the introduction",
     "would love the intro", "i would love the introduction", "i would love the intro",
     "mi farebbe molto piacere", "mi farebbe piacere", "dat lijkt me leuk", "dat lijkt me goed",
     "das klingt gut", "das klingt super", "klingt gut", "ca me parait bien", "suena bien",
     "suena genial", "sembra ottimo", "parece otimo", "parece bom", "klinkt goed", "it is a yes",
     "that is a yes", "a big yes", "big yes", "a clear yes", "that works great", "works great",
     "works well for me", "i am game", "i am up for that", "i am on board", "on board",
     "let us make it happen", "make it happen", "i think that would be great",
     "i think that is a great idea", "i think so yes", "send her my way", "send him my way",
     "send them my way", "loop me in", "loop us in", "i would be game", "i would be keen",
     "i welcome that", "ok by me", "ok with me", "okay with me", "fine for me", "ok for me",
     "good for me", "sounds perfect", "sounds wonderful", "sounds lovely", "sounds fantastic",
     "i am all for it", "all for it", "i am all in", "feel free to introduce us",
     "feel free to introduce me", "feel free to connect us", "feel free to share my",
     "you are welcome to introduce us", "you may introduce us", "you can introduce us",
     "you can connect us", "happy to do so", "happy to do that",
     "no problem at all please introduce us", "mach das", "mach mal", "sehr gern", "passt",
     "passt mir", "das passt", "finde ich gut", "finde ich toll", "gute idee ja",
     "ich freue mich darauf", "ca me va", "ca marche", "pas de souci oui",
     "ce serait avec plaisir", "je suis partant", "je suis partante", "me parece bien",
     "me parece genial", "me parece perfecto", "adelante", "estaria encantado",
     "estaria encantada", "mi va bene", "per me va bene", "ottima idea", "lijkt me leuk",
     "lijkt me goed", "vind ik leuk", "vind ik goed", "leuk", "doe maar", "graag gedaan ja",
     "pode apresentar", "por mim tudo bem", "tudo bem", "gostaria muito", "eu gostaria", "avanti",
     "happy for you to", "i am happy for you to", "i would welcome", "i would appreciate that",
     "i would appreciate an introduction", "would appreciate the introduction", "i would value",
     "i am interested", "i am very interested", "very interested", "interested",
     "i would be interested", "i would be very interested", "i would be thrilled",
     "i would be honored", "i would be honoured", "thrilled to", "keen to", "i am keen to",
     "i would be up for it", "i would be up for that", "please make the connection",
     "please put us in touch", "put us in touch", "please connect me", "please intro us",
     "please intro me", "i would love an introduction", "i would love an intro",
     "happy to be introduced", "always happy to", "i would really like that",
     "i would like an introduction", "sounds like a plan", "very happy to", "of course",
     "by all means", "with pleasure", "please do", "go ahead", "please go ahead", "sounds good",
     "sounds great", "sounds good to me", "sounds great to me", "sure thing", "happy to",
     "i am happy to", "glad to", "i would be happy to", "i would be glad to", "would be happy to",
     "i would love to", "would love to", "i would love that", "would love that",
     "i would like that", "i would be delighted", "i am in", "count me in", "works for me",
     "that works for me", "that works", "go for it", "fine with me", "fine by me",
    "it is fine with me",
     "that is fine with me", "that is fine", "i am open to it", "i am open to that",
     "i am up for it", "up for it", "i agree", "i accept", "let us do it", "do it",
     "please introduce us", "please introduce me", "please connect us",
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
     "everyone", "both", "new", "acquaintance", "chance", "worthwhile", "useful", "valuable", "oh",
     "always", "introduced", "plan", "yes", "please", "pls", "thanks", "thank", "you", "thx",
     "many", "lot", "a", "so", "much", "very", "for", "asking", "thinking", "of", "me", "us",
     "the", "this", "that", "it", "is", "be", "i", "we", "my", "your", "to", "do", "go", "ahead",
     "and", "with", "him", "her", "them", "introduce", "introduction", "intro", "connect",
     "connection", "make", "making", "happy", "glad", "delighted", "pleased", "love", "like",
     "would", "will", "am", "are", "great", "good", "lovely", "wonderful", "fantastic", "perfect",
     "excellent", "awesome", "amazing", "brilliant", "nice", "sounds", "looks", "idea", "looking",
     "forward", "look", "from", "meet", "meeting", "chat", "talk", "talking", "speak", "speaking",
     "chatting", "connecting", "hello", "hi", "hey", "email", "mail", "address", "here", "in",
     "on", "up", "open", "interested", "definitely", "sure", "certainly", "gladly", "indeed",
     "really", "excited", "keen", "eager", "course", "all", "means", "pleasure", "ok", "okay",
     "can", "feel", "free", "works", "work", "fine", "let", "let's", "by", "our", "their", "his",
     "as", "too", "cheers", "best", "kind", "appreciate", "appreciated", "kindly", "count", "help",
     "any", "time", "anytime", "wow", "cool", "super", "an", "touch", "get", "put", "getting",
     "intros", "people", "founder", "founders", "conversation", "agree", "agreed", "accept",
     "gerne", "bitte", "danke", "ja", "sehr", "dir", "ihnen", "vielen", "dank", "freue", "mich",
     "ich", "auf", "das", "uns", "stell", "stelle", "stellen", "sie", "vor", "mach", "machen",
     "gern", "klar", "darauf", "kontakt", "den", "die", "der", "es", "wurde", "freuen", "toll",
     "schon", "schone", "oui", "merci", "beaucoup", "avec", "plaisir", "grand", "bien", "sur",
     "vous", "tu", "plait", "s'il", "te", "volontiers", "si", "gracias", "muchas", "por", "favor",
     "claro", "gusto", "con", "mucho", "encantado", "encantada", "grazie", "mille", "piacere",
     "certo", "volentieri", "molto", "va", "bene", "graag", "bedankt", "alstublieft",
     "alsjeblieft", "hoor", "je", "wel", "zeker", "heel", "sim", "obrigado", "obrigada", "muito",
     "prazer", "com", "certeza", "gosto", "pode", "presenta", "presentanos", "adelante"]
)  # fmt: skip
"""Words that add nothing to a yes and take nothing away. No negation, doubt, time or condition."""

NEUTRAL_STARTS = (
    "it would be great", "it would be good", "it would be lovely", "it would be nice",
    "i have been looking for", "i have been hoping", "my calendar", "my diary", "any friend of",
    "i like what", "i admire", "i have long admired", "i am a great admirer",
    "sounds like a great", "sounds like a good", "sounds like an interesting",
    "sounds interesting", "he sounds", "she sounds", "they sound", "i have wanted to",
    "i have always wanted", "i would enjoy", "what a great idea", "what a lovely idea",
    "so kind of you", "you are very kind", "i am in the office", "no rush", "no hurry",
    "take your time", "speak soon", "i will keep an eye", "klingt gut", "klingt spannend",
    "klingt interessant", "thanks", "thank you", "thank u", "many thanks", "hope you", "hope all",
    "hope this", "i hope you", "great to hear", "good to hear", "nice to hear", "lovely to hear",
    "how are you", "looking forward", "look forward", "have a", "all the best", "talk soon",
    "danke", "vielen dank", "merci", "gracias", "grazie", "bedankt", "obrigad", "long time",
    "always good", "always nice", "happy new year", "good morning", "good evening", "so good to",
    "appreciate", "i appreciate", "that is very kind", "that is kind", "how kind", "very kind",
    "sorry for the", "sorry for my", "apologies for", "ich hoffe", "freue mich", "ich freue mich",
    "you are the best", "you are a star", "dank je", "hoop dat", "i have been following",
    "i have been meaning", "i have been wanting", "i have heard great", "i have heard good",
    "i have heard so much", "i am a fan", "i am a big fan", "my email is", "my e-mail is",
    "my number is", "my address is", "my best email", "you can reach me", "i am free",
    "i am available", "feel free to", "the best way to reach me", "it is always good",
    "it has been too long", "he can reach me", "she can reach me", "they can reach me",
    "he can write to me", "she can write to me", "he can email me", "she can email me",
    "he can call me", "she can call me", "give him my email", "give her my email",
    "give him my number", "give her my number", "my direct line is", "my mobile is",
)  # fmt: skip
"""How sentences begin that are courtesy; they count for nothing when they hold no turn of mind."""

COURTESY = frozenset(
    ["he", "she", "they", "well", "all", "best", "weekend", "week", "day", "evening", "note",
     "message", "team", "everyone", "reach", "out", "number", "mobile", "calendar", "at", "or",
     "via", "whatsapp", "signal", "below", "above", "someone", "another", "founder", "people",
     "friend", "yours", "been", "have", "had", "following", "meaning", "wanting", "wanted",
     "hoping", "ages", "long", "while", "heard", "things", "about", "fan", "big", "company",
     "product", "software", "startup", "years", "soon", "again", "catch", "everything", "health",
     "family", "work", "hope", "trip", "summer", "holidays", "year", "always", "finds", "find",
     "this", "first", "hear", "see", "speak", "details", "contact", "was", "nice", "write",
     "admire", "area", "field", "space", "industry", "morgen", "tag", "wochenende"]
)  # fmt: skip
"""What courtesy behind a yes may hold besides harmless words; in front of it anything may stand."""

HARMLESS_PHRASES = (
    "vernetzen", "bekannt machen", "bekanntmachen", "verbinden", "cc me", "with great pleasure",
    "another founder", "new people", "for an intro", "for an introduction", "for the intro",
    "with that", "in touch", "sounds interesting", "sounds like fun", "sounds fun",
    "sounds exciting", "for asking first", "dat lijkt me leuk", "for checking first",
    "for checking", "all the best", "no problem", "no problem at all", "no worries",
    "no objections", "no objection", "jump on a call", "hop on a call", "get on a call",
    "have a call", "have a chat", "have a conversation", "have a coffee", "grab a coffee",
    "for a coffee", "for a chat", "for a call", "over coffee", "from me", "from my side",
    "on my side", "from my end", "my way", "look forward to it", "looking forward to it",
    "look forward to", "looking forward to", "i will let you know", "100%", "a hundred percent",
    "one hundred percent", "as well", "and i", "whenever it suits", "whenever suits",
    "at any time", "right away", "would be great", "would be lovely", "would be good",
    "would be nice", "would be wonderful", "share my email", "great fit", "good fit",
    "to each other", "with each other", "to one another", "by email", "via email", "over email",
    "by mail", "me presenter", "nous presenter", "presentarnos", "presentaci", "presentarci",
    "ons voorstellen", "uns vorstellen", "mich vorstellen", "ich wurde mich freuen",
    "wurde mich freuen", "da freue ich mich", "das ware toll", "das ware super", "ce serait super",
    "ce serait parfait", "seria genial", "seria estupendo", "sarebbe bello", "sarebbe fantastico",
    "zou leuk zijn", "zou fijn zijn", "seria otimo", "seria bom",
)  # fmt: skip
"""Runs of words that change nothing about the yes they stand with."""

NOT_A_YES = (
    "that is me", "that is my", "introduce you", "i am happy to report", "this is my",
    "sure would", "i am good", "i am fine", "i am ok", "i am okay", "i am all set", "all set",
    "will do", "let us talk", "let us chat", "let us speak", "let us see", "so far", "good luck",
    "i am afraid", "thanks anyway", "as usual", "as always", "here we go", "good one", "nice try",
    "nice one", "i think yes", "i think so", "ja ja", "si si", "game over",
)  # fmt: skip
"""With one of these a sentence that begins like a yes is for the owner to read."""

INTENSIFIERS = frozenset(
    ["very", "so", "really", "quite", "also", "truly", "super", "indeed", "genuinely", "honestly"]
)  # fmt: skip
"""Dropped before a yes is looked for: "I would be more than happy to"."""

LEADS = frozenset(
    ["100%", "aw", "ah", "yay", "thanks", "thank", "you", "thx", "great", "perfect", "lovely",
     "awesome", "wow", "oh", "idea", "so", "and", "excellent", "wonderful", "brilliant", "amazing",
     "fantastic", "hi", "hello", "hey", "super", "toll", "cool", "nice", "much", "very", "many",
     "for", "asking", "a", "lot"]
)  # fmt: skip
"""Words before a yes that change nothing about it."""

GIVES = frozenset(["send", "share", "forward", "use", "give", "pass"])
"""Harmless with "my" behind them: "yes, share my number"; else they ask for something."""

MINE = frozenset(["details", "number", "contact", "info", "information", "coordinates", "cell"])
"""Harmless behind "my"."""

SUBJECTS = frozenset(["i", "we", "that", "please", "this", "to", "us"])
VERBS = frozenset(["are", "is", "would", "will", "can", "do", "am", "be"])
"""Harmless behind a subject of the writer's own: "of course you are" is no yes."""
