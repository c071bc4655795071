-- One dialect for H2 and PostgreSQL; only the types for bytes differ: a document stands in its
-- row, evidence may be large.
create table diagnosis (
  id varchar(36) primary key,
  created timestamp with time zone not null,
  kind varchar(20) not null,
  verdict varchar(20) not null,
  -- the diagnosis in every language, gzip of JSON
  content ${document} not null,
  idempotency_key varchar(255) unique,
  -- SHA-256 of what was sent, to tell a repeated request from another with the same key
  fingerprint varchar(64) not null
);
create index diagnosis_verdict on diagnosis (verdict, id);
create index diagnosis_created on diagnosis (created);

create table suspect (
  diagnosis varchar(36) not null references diagnosis (id) on delete cascade,
  cause varchar(100) not null,
  probability double precision not null,
  primary key (diagnosis, cause)
);
create index suspect_cause on suspect (cause, diagnosis);

-- What was sent, as a zip of its files, while the policy keeps it.
create table evidence (
  diagnosis varchar(36) primary key references diagnosis (id) on delete cascade,
  created timestamp with time zone not null,
  files ${bytes} not null
);
