import datetime as dt
def test_demo(db, django_assert_max_num_queries):
    from wenye.services.followup.demonstration import prepare
    from wenye.services.followup.models import Followed, Contact, Finding, Sample, MonthlyReturn, Family
    from tests.service import AS_OF
    prepare(AS_OF)
    print(Followed.objects.count(), Contact.objects.count(), Finding.objects.count(), Sample.objects.count(), MonthlyReturn.objects.count(), Family.objects.count())
    for f in Finding.objects.all(): 
        from wenye.services.followup.findings import explained
        print(f.kind, f.town, explained(f))
    print(MonthlyReturn.objects.first().figures)
    assert 0
