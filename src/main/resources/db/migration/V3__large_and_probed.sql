-- A diagnosis has no bound of its own: H2 keeps at most a megabyte outside of a large object.
alter table diagnosis alter column content set data type ${bytes};
alter table session alter column content set data type ${bytes};

-- Whether the database can be written to: each instance writes its row again and again.
create table probe (
  instance varchar(36) primary key,
  seen timestamp with time zone not null
);
