-- A session is its evidence and its answers; what is concluded from them is drawn anew each time.
create table session (
  id varchar(36) primary key,
  created timestamp with time zone not null,
  -- when it was read or changed last, roughly: it expires by this
  used timestamp with time zone not null,
  -- counts the changes; each change names the version that it changes
  version bigint not null,
  -- answers in their order, notes, runs, the last change: JSON
  content ${document} not null,
  -- the last conclusion in short, for the list
  verdict varchar(20) not null,
  cause varchar(100),
  probability double precision
);
create index session_used on session (used);

-- The runs of a session, each a zip of its files: the one it began with, then one after each repair.
create table session_run (
  session varchar(36) not null references session (id) on delete cascade,
  number integer not null,
  files ${bytes} not null,
  primary key (session, number)
);
