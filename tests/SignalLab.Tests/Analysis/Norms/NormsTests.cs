using SignalLab.Analysis.Norms;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Norms;

public sealed class NormsTests
{
    private static readonly Unit Ms = Unit.Parse("ms");

    private static Measurement Measured(string name, double value, string unit = "ms") => new(name, value, Unit.Parse(unit), "test", new Origin(OriginKind.Algorithm, "test"));

    private static Measurement Judged(string name, double value, string? sex, double? age, string unit = "ms") =>
        Measured(name, value, unit).JudgedBy(ReferenceSets.Shipped, new Subject(null, sex, age));

    private static NormSet Pack(string rows, string head = "# id: own\n# source: test\n# population: tested\n") => NormPack.Read(new StringReader(head + rows), "own.csv");

    [Fact]
    public void Shipped_sets_name_source_population_licence_and_certainty()
    {
        Assert.InRange(ReferenceSets.All.Count, 6, 100);
        foreach (var norm in ReferenceSets.Shipped)
        {
            Assert.False(string.IsNullOrWhiteSpace(norm.Source) || string.IsNullOrWhiteSpace(norm.Population) || string.IsNullOrWhiteSpace(norm.Licence));
            Assert.NotEqual(NormCertainty.Own, norm.Certainty);
            Assert.True(norm.Unit.IsKnown);
            Assert.NotEmpty(norm.Rows);
        }
    }

    [Theory]
    [InlineData("PR interval", 113, 212)]
    [InlineData("QRS duration", 69, 109)]
    [InlineData("QT interval", 325, 452)]
    public void Adults_are_judged_by_Mason_2007(string name, double low, double high)
    {
        var judged = Judged(name, high + 1, "M", 40);
        Assert.Equal((low, high), (judged.Reference!.Low, judged.Reference.High));
        Assert.Equal(Verdict.High, judged.Verdict);
        Assert.StartsWith("Mason2007: 2 to 98 percentile", judged.Reference.Source, StringComparison.Ordinal);
        Assert.Contains("seen", judged.Reference.Source, StringComparison.Ordinal);
        Assert.Equal(Verdict.Normal, Judged(name, (low + high) / 2, "M", 40).Verdict);
        Assert.Equal(Verdict.Low, Judged(name, low - 1, "M", 40).Verdict);

        // Two limits are no distribution: no percentile is made up.
        Assert.Null(judged.Percentile);
        Assert.Null(judged.ZScore);
    }

    [Fact]
    public void Corrected_QT_is_judged_by_sex_and_the_word_for_its_certainty_is_shown()
    {
        Assert.Equal(Verdict.High, Judged("QTc interval (Fridericia)", 455, "M", 40).Verdict);
        var woman = Judged("QTc interval (Fridericia)", 455, "F", 40);
        Assert.Equal(Verdict.Normal, woman.Verdict);
        Assert.Contains("recalled", woman.Reference!.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_age_or_sex_is_unknown_and_matters_there_is_no_verdict()
    {
        var noSex = Judged("QTc interval (Bazett)", 455, null, 40);
        Assert.Equal(Verdict.NotJudged, noSex.Verdict);
        Assert.Null(noSex.Reference);
        Assert.Equal("The limits depend on sex, which is not known.", noSex.NotJudgedBecause);
        Assert.Contains("age", Judged("heart rate", 100, "M", null, "/min").NotJudgedBecause, StringComparison.Ordinal);
        Assert.Contains("age and sex", Judged("heart rate", 100, null, null, "/min").NotJudgedBecause, StringComparison.Ordinal);

        // A sex stated in another word is not known to the norms.
        Assert.Contains("sex", Judged("QTc interval (Bazett)", 455, "other", 40).NotJudgedBecause, StringComparison.Ordinal);

        // Where it does not matter it is not asked for: PR of adults is judged alike.
        Assert.Equal(Verdict.Normal, Judged("PR interval", 160, null, 40).Verdict);
    }

    [Fact]
    public void Children_are_judged_by_age_and_sex_with_a_percentile()
    {
        // Rijnbeek 2001, boys of 5 to 8 years: PR 99, 129, 160 ms at the 2nd, 50th, 98th percentile.
        var middle = Judged("PR interval", 129, "M", 6);
        Assert.Equal((99, 160), (middle.Reference!.Low, middle.Reference.High));
        Assert.Equal(50, middle.Percentile!.Value, 0.01);
        Assert.Equal(0, middle.ZScore!.Value, 1e-6);
        Assert.Equal(98, Judged("PR interval", 160, "M", 6).Percentile!.Value, 0.01);
        Assert.Equal(2.0537, Judged("PR interval", 160, "M", 6).ZScore!.Value, 1e-3);
        Assert.Equal(2, Judged("PR interval", 99, "M", 6).Percentile!.Value, 0.01);
        Assert.Contains("secondary", middle.Reference.Source, StringComparison.Ordinal);
        Assert.Equal(Verdict.Normal, Judged("heart rate", 100, "M", 6, "/min").Verdict);
        Assert.Equal(Verdict.High, Judged("heart rate", 100, "M", 40, "/min").Verdict);
        Assert.Equal(Verdict.NotJudged, Judged("PR interval", 129, null, 6).Verdict);
    }

    [Fact]
    public void Nobody_is_judged_by_a_set_that_does_not_cover_him()
    {
        var judged = Judged("Tpeak-Tend", 90, "M", 60);
        Assert.Equal(Verdict.NotJudged, judged.Verdict);
        Assert.Equal("No reference set covers a male of 60 years.", judged.NotJudgedBecause);
        Assert.Equal(Verdict.Normal, Judged("Tpeak-Tend", 90, "F", 60).Verdict);
        Assert.NotNull(Judged("nobody's measure", 90, "F", 60).NotJudgedBecause);

        // Judged again by other norms, nothing of the first verdict is left.
        var again = Judged("Tpeak-Tend", 90, "F", 60).JudgedBy([], new Subject(null, "F", 60));
        Assert.Equal((Verdict.NotJudged, true), (again.Verdict, again.NotJudgedBecause is not null));

        // Medians alone are no limits.
        Assert.Equal(Verdict.NotJudged, Judged("P duration", 200, "F", 60).Verdict);
    }

    [Fact]
    public void A_value_in_another_unit_is_judged_in_its_own()
    {
        var judged = Measured("PR interval", 0.25, "s").JudgedBy(ReferenceSets.Shipped, new Subject(null, "F", 30));
        Assert.Equal(Verdict.High, judged.Verdict);
        Assert.Equal(0.212, judged.Reference!.High!.Value, 1e-12);
        Assert.Equal(Verdict.NotJudged, Measured("PR interval", 0.25, "mV").JudgedBy(ReferenceSets.Shipped, new Subject(null, "F", 30)).Verdict);
    }

    [Fact]
    public void The_users_own_set_goes_before_those_that_come_with_the_program()
    {
        var own = Pack("measure,unit,sex,age_from_y,age_to_y,n,p1,p2,p50,p98,p99\npr_ms,,M,16,30,1000,110,118,150,190,200\n");
        ReferenceNorm[] norms = [.. ReferenceSets.Shipped, .. own.Norms.Select(n => n with { IsOwn = true })];
        var judged = Measured("PR interval", 195).JudgedBy(norms, new Subject(null, "M", 20));
        Assert.Equal((118, 190), (judged.Reference!.Low, judged.Reference.High));
        Assert.Contains("n = 1000", judged.Reference.Source, StringComparison.Ordinal);
        Assert.InRange(judged.Percentile!.Value, 98.01, 98.99);
        Assert.Equal(212, Measured("PR interval", 195).JudgedBy(norms, new Subject(null, "M", 40)).Reference!.High);
    }

    [Fact]
    public void A_pack_is_the_same_as_table_and_as_JSON_and_after_a_round_trip()
    {
        var table = Pack("measure\tunit\tsex\tage_from_y\tage_to_y\tn\tmean\tsd\tp2\tp50\tp98\nalpha peak\tHz\tF\t20\t30\t99\t10\t1\t8\t10\t12\nalpha peak\tHz\tM\t20\t30\t98\t\t\t7.5\t9.5\t12\n");
        var json = NormPack.Read(new StringReader("""
            {"id":"own","source":"test","population":"tested","rows":[
             {"measure":"alpha peak","unit":"Hz","sex":"F","age_from_y":20,"age_to_y":30,"n":99,"mean":10,"sd":1,"percentiles":{"2":8,"50":10,"98":12}},
             {"measure":"alpha peak","unit":"Hz","sex":"M","age_from_y":20,"age_to_y":30,"n":98,"p2":7.5,"p50":9.5,"p98":12}]}
            """), "own.json");
        var written = new StringWriter();
        NormPack.Write(table, written);
        foreach (var other in new[] { json, NormPack.Read(new StringReader(written.ToString()), "again.tsv") })
        {
            Assert.Equal(table.Id, other.Id);
            var (a, b) = (Assert.Single(table.Norms), Assert.Single(other.Norms));
            Assert.Equal((a.Name, a.Unit, a.Source, a.Population), (b.Name, b.Unit, b.Source, b.Population));
            Assert.Equal(a.Rows.Count, b.Rows.Count);
            foreach (var (x, y) in a.Rows.Zip(b.Rows))
            {
                Assert.Equal((x.Sex, x.AgeFromYears, x.AgeToYears, x.Low, x.Median, x.High, x.Mean, x.StandardDeviation, x.Count), (y.Sex, y.AgeFromYears, y.AgeToYears, y.Low, y.Median, y.High, y.Mean, y.StandardDeviation, y.Count));
                Assert.Equal(x.Percentiles, y.Percentiles);
            }
        }
    }

    [Theory]
    [InlineData("measure,unit,p2\nPR interval,ms,abc\n", "line 5: p2 'abc' is no number")]
    [InlineData("measure,unit,p2,p98\nPR interval,ms,200,100\n", "do not rise")]
    [InlineData("measure,unit,low,high\nPR interval,ms,200,100\n", "above the upper")]
    [InlineData("measure,unit,p2\nPR interval,furlong,100\n", "'furlong' is not known")]
    [InlineData("measure,unit,p2\nmy measure,,100\n", "no unit")]
    [InlineData("measure,unit,sex,p2\nPR interval,ms,X,100\n", "none of F, M, any")]
    [InlineData("measure,unit,age_from_y,age_to_y,p2\nPR interval,ms,30,20,100\n", "no age group")]
    [InlineData("measure,unit,p2\nPR interval,ms\n", "has 2 cells")]
    [InlineData("measure,unit,n\nPR interval,ms,7\n", "neither percentiles")]
    [InlineData("measure,unit,p200\nPR interval,ms,7\n", "no percentile between")]
    [InlineData("measure,unit,p2\nPR interval,ms,100\nPR interval,ms,101\n", "a second row")]
    [InlineData("measure,unit,p2\n", "has no rows")]
    [InlineData("PR,ms,100\n", "'measure' among them")]
    public void A_pack_that_is_not_as_it_must_be_is_refused_in_one_line_that_says_where(string rows, string said)
    {
        var refusal = Assert.Throws<UnfitInputException>(() => Pack(rows));
        Assert.Contains("own.csv", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# source: s\n# population: p\n", "has no id")]
    [InlineData("# id: ../evil\n# source: s\n# population: p\n", "may hold only letters")]
    [InlineData("# id: a\n# population: p\n", "has no source")]
    [InlineData("# id: a\n# source: s\n# population: p\n# certainty: sure\n", "none of own, seen")]
    public void A_packs_head_must_say_what_it_is(string head, string said)
    {
        var refusal = Assert.Throws<UnfitInputException>(() => Pack("measure,unit,p2,p98\nPR interval,ms,100,200\n", head));
        Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        Assert.Throws<UnfitInputException>(() => NormPack.Read(new StringReader("{\"id\":"), "own.json"));
        Assert.Throws<UnfitInputException>(() => NormPack.Read(new StringReader("{\"rows\":[1]}"), "own.json"));
    }

    [Fact]
    public void A_cohorts_percentiles_are_those_of_the_distribution_with_counts_by_sex_and_age()
    {
        var seed = new Random(5);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - seed.NextDouble())) * Math.Cos(2 * Math.PI * seed.NextDouble());
        var cohort = Enumerable.Range(0, 4000).Select(i => new CohortMember(
            new Subject(null, i % 2 == 0 ? "F" : "M", i % 4 < 2 ? 25 : 45), [Measured("PR interval", (i % 2 == 0 ? 150 : 160) + (i % 4 < 2 ? 0 : 10) + (20 * Normal()))])).ToList();
        cohort.Add(new(new Subject(null, null, 25), [Measured("PR interval", 1e6)]));
        cohort.Add(new(new Subject(null, "F", null), [Measured("PR interval", 1e6)]));
        cohort.Add(new(new Subject(null, "F", 300), [Measured("PR interval", 1e6)]));
        var norm = Assert.Single(CohortNorms.Build(cohort, new CohortOptions("ours", "simulated") { AgeEdges = [18, 30, 60] }).Norms);
        Assert.Equal(4, norm.Rows.Count);
        Assert.All(norm.Rows, r => Assert.Equal(1000, r.Count));
        var older = norm.Rows.Single(r => r is { Sex: "M", AgeFromYears: 30 });
        Assert.Equal(170, older.Median!.Value, 2.5);
        Assert.Equal(170 - (2.0537 * 20), older.Low!.Value, 5.0);
        Assert.Equal(170 + (2.0537 * 20), older.High!.Value, 5.0);
        Assert.Equal(Verdict.High, Measured("PR interval", 230).JudgedBy([norm], new Subject(null, "M", 45)).Verdict);
    }

    [Fact]
    public void A_group_too_small_for_a_percentile_has_none()
    {
        var cohort = Enumerable.Range(1, 10).Select(i => new CohortMember(new Subject(null, "F", 25), [Measured("PR interval", 100 + i)]));
        var row = Assert.Single(Assert.Single(CohortNorms.Build(cohort, new CohortOptions("ours", "ten women")).Norms).Rows);
        Assert.Equal((10, 105.5, null, null), (row.Count, row.Median, row.Low, row.High));
        Assert.Equal(105.5, row.Mean!.Value, 1e-12);
        Assert.Throws<UnfitInputException>(() => CohortNorms.Build([], new CohortOptions("ours", "nobody")));

        // Hyndman and Fan's definition 8 of 1…10, by hand: (10 + 1/3) 0.25 + 1/3 = 2.9167.
        Assert.Equal(2.9166667, CohortNorms.Percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 25)!.Value, 1e-6);
        Assert.Null(CohortNorms.Percentile([1, 2, 3], 2));
    }
}
