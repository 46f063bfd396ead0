using SignalLab.Model;

namespace SignalLab.Tests.Model;

public sealed class AnonymisingKeyTests
{
    private static readonly AnonymisingKey Key = AnonymisingKey.OfSecret("correct horse");

    // Python: k = hashlib.pbkdf2_hmac('sha256', b'correct horse', b'SignalLab anonymising key', 600000, 32);
    // 366 + int.from_bytes(hmac.new(k, b'days\nPAT778899', 'sha256').digest()[:16], 'big') % 3287, and the same of b'uid\n1.2.3.4'.
    [Fact]
    public void A_secret_gives_the_days_and_identifiers_that_hashlib_and_hmac_give()
    {
        Assert.Equal(840, Key.ShiftDays(new("PAT-778899")));
        Assert.Equal("2.25.273323434164085517863101434826662342042", Key.Uid("1.2.3.4"));
    }

    [Fact]
    public void Files_of_one_subject_move_together_however_its_code_is_spelled()
    {
        Assert.Equal(Key.ShiftDays(new("PAT-778899")), Key.ShiftDays(new("pat_778899", "F", 40) { Name = "other" }));
        Assert.Equal(Key.ShiftDays(new() { Name = "A B" }), Key.ShiftDays(new() { Name = "A_B" }));
    }

    [Fact]
    public void Subjects_and_keys_move_by_different_numbers_of_days_within_the_stated_range()
    {
        int[] days = [.. Enumerable.Range(0, 400).Select(i => Key.ShiftDays(new(FormattableString.Invariant($"S{i}"))))];
        Assert.All(days, d => Assert.InRange(d, AnonymisingKey.FewestDays, AnonymisingKey.MostDays));
        Assert.True(days.Distinct().Count() > 350);
        Assert.True(days.Max() - days.Min() > 3000);
        Assert.NotEqual(days, Enumerable.Range(0, 400).Select(i => AnonymisingKey.Fresh().ShiftDays(new(FormattableString.Invariant($"S{i}")))));
    }

    [Fact]
    public void An_identifier_is_a_valid_DICOM_UID()
    {
        var uid = Key.Uid("1.2.840.113619.2.55.3.604688119");
        Assert.Matches(@"^2\.25\.(0|[1-9][0-9]*)$", uid);
        Assert.InRange(uid.Length, 6, 64);
        Assert.NotEqual(uid, Key.Uid("1.2.840.113619.2.55.3.604688118"));
    }

    [Theory]
    [InlineData(34.27, 34)]
    [InlineData(34, 34)]
    [InlineData(89.99, 89)]
    [InlineData(90, 90)]
    [InlineData(104, 90)]
    [InlineData(1.99, 23 / 12.0)]
    [InlineData(0.5, 0.5)]
    [InlineData(0.01, 0)]
    [InlineData(2, 2)]
    public void An_age_is_told_in_whole_years_in_months_below_two_and_not_above_ninety(double years, double told) =>
        Assert.Equal(told, new Subject(AgeYears: years).CoarseAgeYears!.Value, 1e-12);
}
