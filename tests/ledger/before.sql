BEGIN TRANSACTION;
CREATE TABLE article (
    id VARCHAR NOT NULL,
    title TEXT,
    outlet VARCHAR,
    outlet_basis VARCHAR NOT NULL,
    author TEXT,
    url TEXT,
    published_start VARCHAR,
    published_end VARCHAR,
    published_basis VARCHAR NOT NULL,
    published_evidence TEXT,
    text TEXT NOT NULL,
    language VARCHAR NOT NULL,
    origin TEXT NOT NULL,
    recorded VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
INSERT INTO "article" VALUES('5b9c26b79878','A headline','Harbour Post','given',NULL,NULL,'2031-03-14','2031-03-14','given','2031-03-14','Ada Crane told The Ledger that Venturi will leave on Friday.','en','','2026-11-21T15:24:03+00:00');
INSERT INTO "article" VALUES('e40a5072dcf5','A headline','Faro Times','given',NULL,NULL,'2031-03-14','2031-03-14','given','2031-03-14','Ada Crane told The Ledger that Venturi will leave on Friday. Nobody at the club would say more.','en','','2026-11-21T15:24:04+00:00');
CREATE TABLE background (
    term VARCHAR NOT NULL,
    articles INTEGER NOT NULL,
    PRIMARY KEY (term)
);
CREATE TABLE band (
    "key" VARCHAR NOT NULL,
    article VARCHAR NOT NULL,
    PRIMARY KEY ("key", article),
    FOREIGN KEY(article) REFERENCES article (id)
);
CREATE TABLE claim (
    id VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    article VARCHAR NOT NULL,
    source_kind VARCHAR NOT NULL,
    source_name TEXT,
    source_start INTEGER,
    source_end INTEGER,
    cue_start INTEGER,
    cue_end INTEGER,
    quoted VARCHAR NOT NULL,
    origin TEXT,
    certainty INTEGER,
    time_start VARCHAR,
    time_end VARCHAR,
    time_value VARCHAR,
    time_text TEXT,
    said_start VARCHAR,
    said_end VARCHAR,
    confidence FLOAT NOT NULL,
    recorded VARCHAR NOT NULL,
    PRIMARY KEY (id, reader),
    FOREIGN KEY(article) REFERENCES article (id)
);
INSERT INTO "claim" VALUES('9c18b85f9721','reader-1','5b9c26b79878','person','Ada Crane',0,9,10,14,'indirect','Ada Crane',3,'2031-03-14','2031-03-14','2031-03-14','Friday','2031-03-14','2031-03-14',0.9,'2026-11-21T15:24:03+00:00');
INSERT INTO "claim" VALUES('e6dcf111de24','reader-2','5b9c26b79878','person','Bo Finch',0,9,10,14,'indirect','Bo Finch',3,'2031-03-14','2031-03-14','2031-03-14','Friday','2031-03-14','2031-03-14',0.9,'2026-11-21T15:24:04+00:00');
INSERT INTO "claim" VALUES('ad40a5e9e0d1','reader-1','e40a5072dcf5','person','Ada Crane',0,9,10,14,'indirect','Ada Crane',3,'2031-03-14','2031-03-14','2031-03-14','Friday','2031-03-14','2031-03-14',0.9,'2026-11-21T15:24:04+00:00');
CREATE TABLE copy (
    article VARCHAR NOT NULL,
    original VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    share FLOAT NOT NULL,
    evidence TEXT NOT NULL,
    added TEXT NOT NULL,
    PRIMARY KEY (article),
    FOREIGN KEY(article) REFERENCES article (id),
    FOREIGN KEY(original) REFERENCES article (id)
);
CREATE TABLE decision (
    number INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    data TEXT NOT NULL,
    recorded VARCHAR NOT NULL,
    PRIMARY KEY (number)
);
CREATE TABLE event (
    claim VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    frame VARCHAR NOT NULL,
    text TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    roles TEXT NOT NULL,
    certainty INTEGER,
    time_start VARCHAR,
    time_end VARCHAR,
    time_value VARCHAR,
    time_text TEXT,
    PRIMARY KEY (claim, reader, position)
);
CREATE TABLE evidence (
    claim VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (claim, reader, position)
);
INSERT INTO "evidence" VALUES('9c18b85f9721','reader-1',0,26,59,'that Venturi will leave on Friday');
INSERT INTO "evidence" VALUES('e6dcf111de24','reader-2',0,26,59,'that Venturi will leave on Friday');
INSERT INTO "evidence" VALUES('ad40a5e9e0d1','reader-1',0,26,94,'that Venturi will leave on Friday. Nobody at the club would say more');
CREATE TABLE handle (
    word VARCHAR NOT NULL,
    claim VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    PRIMARY KEY (word, claim, reader)
);
CREATE TABLE link (
    claim VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (claim, reader, position)
);
INSERT INTO "link" VALUES('9c18b85f9721','reader-1',0,'person','Ada Crane');
INSERT INTO "link" VALUES('9c18b85f9721','reader-1',1,'outlet','The Ledger');
INSERT INTO "link" VALUES('e6dcf111de24','reader-2',0,'person','Bo Finch');
INSERT INTO "link" VALUES('e6dcf111de24','reader-2',1,'outlet','The Ledger');
INSERT INTO "link" VALUES('ad40a5e9e0d1','reader-1',0,'person','Ada Crane');
INSERT INTO "link" VALUES('ad40a5e9e0d1','reader-1',1,'outlet','The Ledger');
CREATE TABLE member (
    article VARCHAR NOT NULL,
    story VARCHAR NOT NULL,
    PRIMARY KEY (article),
    FOREIGN KEY(article) REFERENCES article (id)
);
INSERT INTO "member" VALUES('5b9c26b79878','5tory');
INSERT INTO "member" VALUES('e40a5072dcf5','5tory');
CREATE TABLE outcome (
    number INTEGER NOT NULL,
    question VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    on_day VARCHAR,
    evidence TEXT,
    recorded VARCHAR NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY(question) REFERENCES question (id)
);
CREATE TABLE posting (
    term VARCHAR NOT NULL,
    story VARCHAR NOT NULL,
    PRIMARY KEY (term, story)
);
CREATE TABLE question (
    id VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    text TEXT NOT NULL,
    start VARCHAR,
    "end" VARCHAR,
    events TEXT NOT NULL,
    alternatives VARCHAR,
    story VARCHAR,
    dropped VARCHAR,
    recorded VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE reading (
    article VARCHAR NOT NULL,
    reader VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    recorded VARCHAR NOT NULL,
    PRIMARY KEY (article, reader),
    FOREIGN KEY(article) REFERENCES article (id)
);
INSERT INTO "reading" VALUES('5b9c26b79878','reader-1',1,1,'2026-11-21T15:24:03+00:00');
INSERT INTO "reading" VALUES('5b9c26b79878','reader-2',2,1,'2026-11-21T15:24:04+00:00');
INSERT INTO "reading" VALUES('e40a5072dcf5','reader-1',1,1,'2026-11-21T15:24:04+00:00');
CREATE TABLE removed (
    article VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    reason VARCHAR NOT NULL,
    PRIMARY KEY (article, position),
    FOREIGN KEY(article) REFERENCES article (id)
);
CREATE TABLE ruling (
    number INTEGER NOT NULL,
    question VARCHAR NOT NULL,
    claim VARCHAR NOT NULL,
    stance VARCHAR,
    recorded VARCHAR NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY(question) REFERENCES question (id)
);
CREATE TABLE sketch (
    article VARCHAR NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (article),
    FOREIGN KEY(article) REFERENCES article (id)
);
CREATE TABLE stance (
    question VARCHAR NOT NULL,
    claim VARCHAR NOT NULL,
    stance VARCHAR NOT NULL,
    strength FLOAT NOT NULL,
    origin TEXT,
    outlet TEXT,
    on_day VARCHAR,
    reason TEXT NOT NULL,
    PRIMARY KEY (question, claim),
    FOREIGN KEY(question) REFERENCES question (id)
);
CREATE TABLE story (
    id VARCHAR NOT NULL,
    name TEXT NOT NULL,
    start VARCHAR,
    "end" VARCHAR,
    people TEXT NOT NULL,
    episodes TEXT NOT NULL,
    profile TEXT NOT NULL,
    PRIMARY KEY (id)
);
INSERT INTO "story" VALUES('5tory','Venturi','2031-03-14','2031-03-14','[]','[]','{}');
CREATE TABLE terms (
    article VARCHAR NOT NULL,
    data TEXT NOT NULL,
    PRIMARY KEY (article),
    FOREIGN KEY(article) REFERENCES article (id)
);
CREATE TABLE tie (
    claim VARCHAR NOT NULL,
    article VARCHAR NOT NULL,
    said_as VARCHAR,
    origin TEXT,
    reason TEXT NOT NULL,
    PRIMARY KEY (claim),
    FOREIGN KEY(article) REFERENCES article (id)
);
CREATE TABLE visit (
    address VARCHAR NOT NULL,
    due VARCHAR,
    failures INTEGER NOT NULL,
    etag TEXT,
    last_modified TEXT,
    moved TEXT,
    problem TEXT,
    ended BOOLEAN NOT NULL,
    PRIMARY KEY (address)
);
CREATE TABLE waiting (
    work VARCHAR NOT NULL,
    article VARCHAR NOT NULL,
    PRIMARY KEY (work, article),
    FOREIGN KEY(article) REFERENCES article (id)
);
INSERT INTO "waiting" VALUES('copies','5b9c26b79878');
INSERT INTO "waiting" VALUES('copies','e40a5072dcf5');
CREATE INDEX handle_by_claim ON handle (claim);
CREATE INDEX posting_by_story ON posting (story);
CREATE INDEX claim_by_article ON claim (article, reader);
CREATE INDEX claim_by_day ON claim (said_start);
CREATE INDEX claim_by_origin ON claim (origin);
CREATE INDEX member_by_story ON member (story);
CREATE INDEX copy_by_original ON copy (original);
CREATE INDEX tie_by_article ON tie (article);
CREATE INDEX stance_by_claim ON stance (claim);
CREATE INDEX ruling_by_question ON ruling (question);
CREATE INDEX outcome_by_question ON outcome (question);
COMMIT;
