-- Four per cent of the scores move, 60 leads are new, 25 are gone.
update lead_scores
set score = least(1.0, greatest(0.0, round(score + (dice(lead_id, 'step') - 0.5) * 0.3, 4))),
    scored_at = timestamp '2026-01-06 06:00:00'
where dice(lead_id, 'moves') < 0.04;
update lead_scores set grade = grade_of(score);
delete from lead_scores where dice(lead_id, 'goes') < 0.00125;
insert into lead_scores
    select l.* replace (timestamp '2026-01-06 06:00:00' as scored_at)
    from range(20001, 20061) t(n), lateral (select * from lead_row(t.n)) l;
-- Six of the new leads carry the loyalty number of another lead, which Salesforce holds to be unique.
update lead_scores
set loyalty_no = (
    select min(o.loyalty_no) from lead_scores o
    where o.loyalty_no is not null and o.lead_id > printf('L%06d', 100 * (substr(lead_scores.lead_id, 2)::integer - 20000)))
where lead_id between 'L020001' and 'L020006';
-- And rows that are not as they should be: three without a key, one key twice, five scores that are no probability.
insert into lead_scores
    select null, 'Keyless', 'Nobody Ltd', null, null, 0.5, 'B', 'lr-2026-01', timestamp '2026-01-06 06:00:00' from range(3);
insert into lead_scores select * from lead_scores where lead_id = 'L004242';
update lead_scores set score = 17.5 where lead_id in ('L000100', 'L000200', 'L000300', 'L000400', 'L000500');
