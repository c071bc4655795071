-- What a tenant has had of its quota, by spans of time; all instances count here.
create table quota (
  tenant varchar(63) not null,
  -- number of the span since 1970
  span bigint not null,
  taken integer not null,
  primary key (tenant, span)
);
