using System.Collections;
using SignalLab.Analysis.Anonymising;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Anonymising;

public sealed class AnonymisingTests
{
    private const string Marker = "Mustermann";
    private static readonly AnonymisingKey Key = AnonymisingKey.OfSecret("tests");

    // Everything that a recording can say in words holds the name; a member that is added later is found too.
    [Fact]
    public void No_text_of_a_recording_names_the_subject_any_more()
    {
        var recording = Named();
        var before = Texts(recording).ToArray();
        Assert.True(before.Count(t => t.Text.Contains(Marker, StringComparison.Ordinal)) >= 12, string.Join('\n', before.Select(t => t.Path)));
        var after = recording.Anonymised(Key, new FreeTexts(recording.Subject)).Recording;
        Assert.Empty(Texts(after).Where(t => t.Text.Contains(Marker, StringComparison.OrdinalIgnoreCase) || t.Text.Contains("778899", StringComparison.Ordinal)).Select(t => $"{t.Path}: {t.Text}"));
        Assert.Null(after.Provenance.InputSha256);
    }

    [Fact]
    public void The_report_names_fields_and_never_their_values()
    {
        var recording = Named();
        var (told, report) = recording.Anonymised(Key, new FreeTexts(recording.Subject));
        Assert.Contains(new TreatedField("subject's name", Treatment.Removed), report);
        Assert.Contains(new TreatedField("start date", Treatment.Shifted), report);
        Assert.Contains(new TreatedField("texts of annotations", Treatment.Kept, 2), report);
        Assert.Contains(new TreatedField("texts of annotations", Treatment.Replaced), report);
        Assert.Contains(new TreatedField("sex", Treatment.Kept), report);
        Assert.Equal("anonymise", told.Provenance.Steps[^1].Name);
        Assert.Contains("birth date", told.Provenance.Steps[^1].Parameters["removed"], StringComparison.Ordinal);
        Assert.DoesNotContain(Key.ShiftDays(recording.Subject).ToString(System.Globalization.CultureInfo.InvariantCulture), string.Join(' ', told.Provenance.Steps[^1].Parameters.Values), StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_channels_segments_and_times_stay()
    {
        var recording = Named();
        var after = recording.Anonymised(Key, new FreeTexts(recording.Subject)).Recording;
        Assert.Same(recording.Samples, after.Samples);
        Assert.Equal(recording.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.Calibration)), after.Channels.Select(c => (c.Label, c.Kind, c.Unit, c.RateHz, c.Calibration)));
        Assert.Equal(recording.Annotations.Select(a => (a.OnsetSeconds, a.DurationSeconds, a.Channel)), after.Annotations.Select(a => (a.OnsetSeconds, a.DurationSeconds, a.Channel)));
        Assert.Equal(["Sleep stage W", "note 1", "Stimulus/S  1"], after.Annotations.Select(a => a.Text));
        Assert.Equal("Ag/AgCl electrode", after.Channels[0].Transducer);
        Assert.Equal("HP:0.1Hz LP:75Hz", after.Channels[0].Prefilter);
        Assert.Equal(("F", 58.0), (after.Subject.Sex, after.Subject.AgeYears));
    }

    [Fact]
    public void The_date_moves_by_the_subjects_days_and_the_time_of_day_stays()
    {
        var recording = Named();
        var after = recording.Anonymised(Key, new FreeTexts(recording.Subject)).Recording;
        Assert.Equal(-Key.ShiftDays(recording.Subject), (after.Start!.Value - recording.Start!.Value).TotalDays);
        Assert.Equal(DateTimeKind.Utc, after.Start.Value.Kind);
    }

    [Theory]
    [InlineData("1989-04-24")]
    [InlineData("1985-01-02")]
    [InlineData("1971-06-01")]
    [InlineData("0001-01-05")]
    public void A_date_is_never_moved_out_of_what_formats_can_hold(string date)
    {
        var start = DateTime.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture).AddHours(13);
        var recording = Named() with { Start = start };
        var after = recording.Anonymised(Key, new FreeTexts(recording.Subject)).Recording.Start!.Value;
        Assert.Equal(Key.ShiftDays(recording.Subject), Math.Abs((after - start).TotalDays));
        Assert.True(start.Year < 1985 || after.Year >= 1985);
    }

    [Fact]
    public void EDF_plus_2_1_3_2_the_date_that_means_none_stays()
    {
        var recording = Named() with { Start = new DateTime(1985, 1, 1, 3, 4, 5) };
        Assert.Equal(recording.Start, recording.Anonymised(Key, new FreeTexts(recording.Subject)).Recording.Start);
    }

    [Fact]
    public void A_recording_that_says_nothing_of_anybody_stays_as_it_is()
    {
        var recording = new Recording([new("Fp1", ChannelKind.Eeg, Unit.Microvolt, 100, 3)], new MemorySamples([[1, 2, 3]]));
        var (after, report) = recording.Anonymised(Key, new FreeTexts(recording.Subject));
        Assert.Empty(report);
        Assert.Equal((Subject.Unknown, null), (after.Subject, after.Start));
    }

    private static Recording Named() => new(
        [
            new("Fp1", ChannelKind.Eeg, Unit.Microvolt, 100, 3) { Transducer = "Ag/AgCl electrode", Prefilter = "HP:0.1Hz LP:75Hz" },
            new("Cz", ChannelKind.Eeg, Unit.Microvolt, 100, 3) { Transducer = "cup of Mustermann, SN 4711", Prefilter = "as Mustermann likes it" },
        ],
        new MemorySamples([[1, 2, 3], [4, 5, 6]]))
    {
        Subject = new("PAT-778899", "F", 58.6) { Name = "Erika Mustermann", Birthdate = new(1961, 8, 12) },
        Start = new DateTime(2019, 3, 14, 15, 9, 26, 535, DateTimeKind.Utc),
        Annotations =
        [
            new(0, 1, "Sleep stage W") { Origin = new(OriginKind.Person, "Dr. Mustermann"), Details = "rater: Mustermann" },
            new(1, 0, "Mustermann talks", "Fp1") { Origin = new(OriginKind.Algorithm, "Cart Mustermann 3") }, new(0.01, 0, "Stimulus/S  1"),
        ],
        Remarks = ["Patient field \"Mustermann\" is odd."],
        Comments = ["Mustermann, Erika was late"],
        Title = "Mustermann 1",
        Measurements = [new("heart rate of Mustermann", 60, Unit.One, "by Mustermann", new(OriginKind.Person, "Mustermann")), new("QT interval", 400, Unit.One, "Mustermann 1.0", new(OriginKind.Person, "Mustermann")) { Reason = "Mustermann" }],
        Evoked = new("Mustermann left", 10, -0.1),
        Projectors = [new("PCA Mustermann", ["Fp1"], [[1.0]], false)],
        Provenance = new Provenance("Mustermann.edf", "EDF+C", [ProcessingStep.Of("montage", ("file", "/home/mustermann/m.json"))]),
    };

    // Every text that can be reached by properties, samples aside.
    private static IEnumerable<(string Path, string Text)> Texts(object? value, string path = "", int depth = 0)
    {
        if (value is string text)
        {
            return [(path, text)];
        }

        if (value is null or ISampleSource || depth > 6 || value.GetType() is { IsPrimitive: true } or { IsEnum: true })
        {
            return [];
        }

        return value is IEnumerable many
            ? many.Cast<object?>().SelectMany((v, i) => Texts(v, FormattableString.Invariant($"{path}[{i}]"), depth + 1))
            : value.GetType().Namespace?.StartsWith("SignalLab", StringComparison.Ordinal) == true || value.GetType().Name.StartsWith("KeyValuePair", StringComparison.Ordinal)
                ? value.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0 && !p.GetMethod!.IsStatic).SelectMany(p => Texts(p.GetValue(value), $"{path}.{p.Name}", depth + 1))
                : [];
    }
}
