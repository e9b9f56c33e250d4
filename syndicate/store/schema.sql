CREATE TABLE alerts (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	request_id TEXT,
	created_at VARCHAR(32) NOT NULL,
	identity TEXT,
	title TEXT NOT NULL,
	link TEXT,
	severity VARCHAR(16) NOT NULL,
	rule TEXT,
	who TEXT NOT NULL,
	not_after VARCHAR(32),
	held TEXT,
	record TEXT NOT NULL,
	is_ping BOOLEAN DEFAULT 0 NOT NULL,
	corrects INTEGER,
	retracts INTEGER,
	thread INTEGER,
	CONSTRAINT uq_alerts_request_id UNIQUE (request_id)
);
CREATE TABLE allowances (
	channel TEXT NOT NULL,
	server TEXT NOT NULL,
	read_at VARCHAR(32) NOT NULL,
	record TEXT NOT NULL,
	CONSTRAINT pk_allowances PRIMARY KEY (channel)
);
CREATE TABLE archive (
	number INTEGER NOT NULL,
	identities TEXT NOT NULL,
	mark VARCHAR(64) NOT NULL,
	CONSTRAINT pk_archive PRIMARY KEY (number)
);
CREATE TABLE audit (
	number INTEGER NOT NULL,
	at VARCHAR(32) NOT NULL,
	who TEXT NOT NULL,
	what TEXT NOT NULL,
	subject TEXT NOT NULL,
	"before" TEXT,
	"after" TEXT,
	note TEXT NOT NULL,
	previous VARCHAR(64) NOT NULL,
	hash VARCHAR(64) NOT NULL,
	CONSTRAINT pk_audit PRIMARY KEY (number)
);
CREATE TABLE corrections (
	alert_id INTEGER NOT NULL,
	identity TEXT NOT NULL,
	corrected_at VARCHAR(32) NOT NULL,
	note TEXT NOT NULL,
	CONSTRAINT pk_corrections PRIMARY KEY (alert_id)
);
CREATE TABLE entries (
	identity TEXT NOT NULL,
	record TEXT NOT NULL,
	CONSTRAINT pk_entries PRIMARY KEY (identity)
);
CREATE TABLE lanes (
	channel TEXT NOT NULL,
	changed_at VARCHAR(32) NOT NULL,
	not_before VARCHAR(32),
	failures INTEGER NOT NULL,
	spent_until VARCHAR(32),
	CONSTRAINT pk_lanes PRIMARY KEY (channel)
);
CREATE TABLE pictures (
	url TEXT NOT NULL,
	checked_at VARCHAR(32) NOT NULL,
	due_at VARCHAR(32) NOT NULL,
	failures INTEGER NOT NULL,
	fault TEXT NOT NULL,
	type TEXT,
	length INTEGER,
	width INTEGER,
	height INTEGER,
	CONSTRAINT pk_pictures PRIMARY KEY (url)
);
CREATE TABLE polls (
	day VARCHAR(10) NOT NULL,
	feed TEXT NOT NULL,
	reader TEXT NOT NULL,
	requests INTEGER NOT NULL,
	unmodified INTEGER NOT NULL,
	deltas INTEGER NOT NULL,
	size_bytes INTEGER NOT NULL,
	subscribers INTEGER,
	CONSTRAINT pk_polls PRIMARY KEY (day, feed, reader)
);
CREATE TABLE posts (
	id INTEGER NOT NULL,
	path TEXT NOT NULL,
	identity TEXT NOT NULL,
	first_seen VARCHAR(32) NOT NULL,
	gone_at VARCHAR(32),
	content_hash VARCHAR(64) NOT NULL,
	body_hash VARCHAR(64) NOT NULL,
	link TEXT NOT NULL,
	title TEXT NOT NULL,
	published VARCHAR(32),
	updated VARCHAR(32),
	baseline BOOLEAN NOT NULL,
	considered BOOLEAN NOT NULL,
	marked BOOLEAN NOT NULL,
	stat TEXT NOT NULL,
	record TEXT NOT NULL,
	reader TEXT NOT NULL,
	CONSTRAINT pk_posts PRIMARY KEY (id),
	CONSTRAINT uq_posts_identity UNIQUE (identity)
);
CREATE TABLE sessions (
	channel TEXT NOT NULL,
	under VARCHAR(64) NOT NULL,
	account TEXT NOT NULL,
	access TEXT NOT NULL,
	refresh TEXT NOT NULL,
	changed_at VARCHAR(32) NOT NULL,
	CONSTRAINT pk_sessions PRIMARY KEY (channel)
);
CREATE TABLE standings (
	channel TEXT NOT NULL,
	asked_at VARCHAR(32) NOT NULL,
	expires VARCHAR(32),
	record TEXT NOT NULL,
	CONSTRAINT pk_standings PRIMARY KEY (channel)
);
CREATE TABLE switches (
	name TEXT NOT NULL,
	is_on BOOLEAN NOT NULL,
	changed_at VARCHAR(32) NOT NULL,
	who TEXT NOT NULL,
	reason TEXT NOT NULL,
	CONSTRAINT pk_switches PRIMARY KEY (name)
);
CREATE TABLE texts (
	identity TEXT NOT NULL,
	digest VARCHAR(64) NOT NULL,
	changed_at VARCHAR(32),
	CONSTRAINT pk_texts PRIMARY KEY (identity, digest)
);
CREATE TABLE withdrawals (
	identity TEXT NOT NULL,
	withdrawn_at VARCHAR(32) NOT NULL,
	reason TEXT NOT NULL,
	who TEXT NOT NULL,
	CONSTRAINT pk_withdrawals PRIMARY KEY (identity)
);
CREATE TABLE announcements (
	channel TEXT NOT NULL,
	address TEXT NOT NULL,
	digest VARCHAR(64) NOT NULL,
	alert_id INTEGER,
	CONSTRAINT pk_announcements PRIMARY KEY (channel, address),
	CONSTRAINT fk_announcements_alert_id FOREIGN KEY(alert_id) REFERENCES alerts (id)
);
CREATE TABLE deliveries (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
	alert_id INTEGER NOT NULL,
	channel TEXT NOT NULL,
	kind TEXT NOT NULL,
	revision INTEGER NOT NULL,
	state VARCHAR(16) NOT NULL,
	changed_at VARCHAR(32) NOT NULL,
	priority INTEGER NOT NULL,
	due_at VARCHAR(32) NOT NULL,
	not_after VARCHAR(32),
	"key" VARCHAR(64) NOT NULL,
	body TEXT NOT NULL,
	body_hash VARCHAR(64) NOT NULL,
	text TEXT NOT NULL,
	fence INTEGER NOT NULL,
	owner TEXT,
	lease_until VARCHAR(32),
	attempts INTEGER NOT NULL,
	first_attempt_at VARCHAR(32),
	ambiguous BOOLEAN NOT NULL,
	key_until VARCHAR(32),
	remote_id TEXT,
	remote_url TEXT,
	last_error TEXT,
	looks INTEGER DEFAULT 0 NOT NULL,
	act VARCHAR(16) DEFAULT 'send' NOT NULL,
	target_id INTEGER,
	recipient TEXT,
	CONSTRAINT uq_deliveries_alert_id_channel_revision UNIQUE (alert_id, channel, revision),
	CONSTRAINT fk_deliveries_alert_id FOREIGN KEY(alert_id) REFERENCES alerts (id),
	CONSTRAINT ck_deliveries_state CHECK (state IN ('held', 'queued', 'sending', 'sent', 'in_doubt', 'failed', 'expired', 'cancelled', 'retracting', 'retracted')),
	CONSTRAINT uq_deliveries_key UNIQUE ("key")
);
CREATE TABLE gates (
	alert_id INTEGER NOT NULL,
	url TEXT NOT NULL,
	until VARCHAR(32) NOT NULL,
	goes_anyway BOOLEAN NOT NULL,
	settled_at VARCHAR(32),
	answer TEXT NOT NULL,
	CONSTRAINT pk_gates PRIMARY KEY (alert_id),
	CONSTRAINT fk_gates_alert_id FOREIGN KEY(alert_id) REFERENCES alerts (id)
);
CREATE TABLE attempts (
	id INTEGER NOT NULL,
	delivery_id INTEGER NOT NULL,
	number INTEGER NOT NULL,
	fence INTEGER NOT NULL,
	owner TEXT NOT NULL,
	"key" VARCHAR(64) NOT NULL,
	body_hash VARCHAR(64) NOT NULL,
	started_at VARCHAR(32) NOT NULL,
	ended_at VARCHAR(32),
	verdict VARCHAR(16),
	detail TEXT,
	late TEXT,
	CONSTRAINT pk_attempts PRIMARY KEY (id),
	CONSTRAINT uq_attempts_delivery_id_number UNIQUE (delivery_id, number),
	CONSTRAINT fk_attempts_delivery_id FOREIGN KEY(delivery_id) REFERENCES deliveries (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL,
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE INDEX ix_alerts_identity ON alerts (identity);
CREATE INDEX ix_alerts_is_ping ON alerts (is_ping, created_at);
CREATE INDEX ix_alerts_thread ON alerts (thread) WHERE thread IS NOT NULL;
CREATE INDEX ix_corrections_identity ON corrections (identity);
CREATE INDEX ix_deliveries_target_id ON deliveries (target_id) WHERE target_id IS NOT NULL;
CREATE INDEX ix_deliveries_turn ON deliveries (state, channel, priority DESC, due_at, id);
CREATE INDEX ix_gates_settled_at ON gates (settled_at);
INSERT INTO alembic_version (version_num) VALUES ('0012');
