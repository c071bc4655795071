-- Who is told of diagnoses.
create table webhook (
  id varchar(36) primary key,
  created timestamp with time zone not null,
  url varchar(2000) not null,
  -- both sides know it: what is sent is signed with it
  secret varchar(200) not null,
  -- only diagnoses with this verdict, with this label; null for any
  verdict varchar(20),
  label varchar(300)
);

-- What is to be told, kept until it is delivered or given up.
create table webhook_delivery (
  id varchar(36) primary key,
  webhook varchar(36) not null references webhook (id) on delete cascade,
  created timestamp with time zone not null,
  due timestamp with time zone not null,
  attempts integer not null,
  -- waiting, delivered, given-up
  state varchar(20) not null,
  detail varchar(300),
  body ${bytes} not null
);
create index webhook_delivery_due on webhook_delivery (state, due);
create index webhook_delivery_of on webhook_delivery (webhook, created);
