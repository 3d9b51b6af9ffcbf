-- Whole evaluations, curves included, which model_version leaves out: they are long and seldom asked for. Models of older
-- versions have none.
create table model_evaluation (
    name       varchar(64) not null,
    version    integer     not null,
    evaluation text        not null,
    primary key (name, version),
    foreign key (name, version) references model_version (name, version)
);
