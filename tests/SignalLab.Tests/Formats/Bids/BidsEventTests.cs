using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Bids;

/// <summary>BIDS 1.10, "Events".</summary>
public sealed class BidsEventTests : IDisposable
{
    private const string Table = "sub-01/ses-a/eeg/sub-01_ses-a_task-rest_run-1_events.tsv";
    private readonly BidsSample data = new();

    public void Dispose() => data.Dispose();

    [Fact]
    public void An_event_is_called_by_its_type_else_by_its_value_and_keeps_its_other_columns()
    {
        data.Edf().Text(Table, "onset|duration|trial_type|value|sample|response_time|HED|channel / -0.5|n/a|n/a|7|n/a|n/a|n/a|n/a / 2.25|1.5|go left|1|225|0.31|Sensory-event, (Red, Blue)|Cz / 1e0|0|stop|n/a|100|n/a|n/a|Fp1, Cz / 3|0|n/a|n/a|n/a|n/a|n/a|n/a");
        var found = data.Open().Annotations;
        Assert.Equal(
            [(-0.5, 0.0, "7", null), (1, 0, "stop", null), (2.25, 1.5, "go left", "Cz"), (3, 0, "n/a", null)],
            found.Select(a => (a.OnsetSeconds, a.DurationSeconds, a.Text, a.Channel)));
        Assert.Equal(["", "channel: Fp1, Cz", "value: 1; response_time: 0.31; HED: Sensory-event, (Red, Blue)", ""], found.Select(a => a.Details));
        Assert.All(found, a => Assert.Equal(new Origin(OriginKind.File, "sub-01_ses-a_task-rest_run-1_events.tsv"), a.Origin));
    }

    [Fact]
    public void Tags_of_the_description_are_put_to_their_events()
    {
        data.Edf().Text(Table, "onset|duration|trial_type|response_time / 1|0|go|0.5 / 2|0|stop|n/a")
            .Text("task-rest_events.json", """{"trial_type":{"HED":{"go":"Sensory-event"}},"response_time":{"HED":"Delay/# s"},"onset":"text"}""");
        Assert.Equal(["response_time: 0.5; HED: Sensory-event; HED: Delay/0.5 s", ""], data.Open().Annotations.Select(a => a.Details));
    }

    [Fact]
    public void Sample_numbers_count_where_there_is_no_onset()
    {
        data.Edf().Text(Table, "onset|duration|trial_type|sample / n/a|0|a|250 / n/a|0|b|n/a / 1|0|c|300");
        var recording = data.Open();
        Assert.Equal([(1.0, "c"), (2.5, "a")], recording.Annotations.Select(a => (a.OnsetSeconds, a.Text)));
        Assert.Contains(recording.Remarks, r => r.Contains("1 rows without an onset", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.Contains("1 rows whose sample number", StringComparison.Ordinal));
    }

    [Fact]
    public void Sample_numbers_count_stored_samples_across_a_gap()
    {
        var plain = BidsSample.Plain() with { Segments = [new(0, 4), new(20, 6)] };
        SignalLab.Formats.Edf.EdfWriter.Write(plain, data.In(BidsSample.File));
        data.Text(Table, "onset|duration|sample / n/a|0|399 / n/a|0|400 / 21|0|500");
        var recording = data.Open();
        Assert.Equal([3.99, 20, 21], recording.Annotations.Select(a => Math.Round(a.OnsetSeconds, 9)));
        Assert.DoesNotContain(recording.Remarks, r => r.Contains("sample number", StringComparison.Ordinal));
    }

    [Fact]
    public void A_marker_of_the_file_that_is_an_event_of_the_table_is_told_once_and_the_others_stay()
    {
        Annotation[] own =
        [
            new(0, 0, "New Segment/"), new(1, 0, "Stimulus/S  1"), new(2, 0, "go"), new(3, 0, "T2"), new(4, 0, "Stimulus/S  9"), new(5, 0, "Response/R 5"), new(6, 0, "go"), new(7, 0, "twice"), new(7, 0, "twice"),
        ];
        data.Edf(own).Text(Table, "onset|duration|trial_type|value / 0|0|start|1 / 1.0004|0.5|face|1 / 2|0|go|n/a / 3|0|rest|2 / 4|0|face|8 / 5|0|press|R  5 / 6.1|0|go|n/a / 7|0|twice|n/a");
        var found = data.Open().Annotations;
        Assert.Equal(["New Segment/", "start", "face", "go", "rest", "Stimulus/S  9", "face", "press", "go", "go", "twice", "twice"], found.Select(a => a.Text));
        Assert.Equal(["New Segment/", "Stimulus/S  9", "go", "twice"], found.Where(a => a.Origin == Origin.File).Select(a => a.Text));
    }

    [Fact]
    public void Opening_does_not_read_the_file_for_its_markers()
    {
        const string big = "sub-01/eeg/sub-01_task-long_eeg.edf";
        data.Edf(big).Text("task-long_events.tsv", "onset|duration|trial_type / 1|0|go").Text("task-long_channels.tsv", "name|status / Fp1|bad").Text("task-long_eeg.json", """{"RecordingDuration":7}""");
        ByteSource.BytesRead = 0;
        var recording = data.Open(big);
        var opened = ByteSource.BytesRead;
        new SignalLab.Formats.Edf.EdfFormat().Open(data.In(big));
        var alone = ByteSource.BytesRead - opened;
        Assert.InRange(opened, alone, alone + 300);
        Assert.Equal(["go"], recording.Annotations.Select(a => a.Text));
        Assert.Contains(recording.Remarks, r => r.Contains("7 s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("time|duration / 1|0", "line 1: found the columns time, duration, expected a column named onset.")]
    [InlineData("onset|duration / soon|0", "line 2 (onset): found \"soon\", expected a number or n/a.")]
    [InlineData("onset|duration / 1|0 / 2|long", "line 3 (duration): found \"long\", expected a number or n/a.")]
    [InlineData("onset|duration / 1e999|0", "line 2 (onset): found \"1e999\", expected a number or n/a.")]
    [InlineData("onset|duration / 1|0|x", "line 2: found 3 cells, expected 2, as the header has.")]
    public void A_damaged_table_is_refused_in_one_line_with_its_place(string table, string expected)
    {
        data.Edf().Text(Table, table);
        Assert.EndsWith("events.tsv, " + expected, data.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_duration_alone_may_be_missing_and_a_negative_one_is_an_instant()
    {
        data.Edf().Text(Table, "onset|trial_type / 1|go");
        Assert.Equal([(1.0, 0.0, "go")], data.Open().Annotations.Select(a => (a.OnsetSeconds, a.DurationSeconds, a.Text)));
        data.Text(Table, "onset|duration / 1|-2");
        Assert.Equal(0, Assert.Single(data.Open().Annotations).DurationSeconds);
        Assert.Contains(data.Open().Remarks, r => r.Contains("negative duration", StringComparison.Ordinal));
    }

    [Fact]
    public void A_description_that_is_no_json_is_refused_with_its_line()
    {
        data.Edf().Text(Table, "onset|duration / 1|0").Text("task-rest_events.json", "{\n\"onset\": {},\n oops }");
        Assert.EndsWith("task-rest_events.json, line 3: found text that is no JSON, expected a description in JSON.", data.Refused().Message, StringComparison.Ordinal);
        data.Text("task-rest_events.json", "[1]");
        Assert.Contains("expected an object", data.Refused().Message, StringComparison.Ordinal);
        data.Text("task-rest_events.json", """{"a":"\ud800"}""");
        Assert.Contains("surrogate", data.Refused().Message, StringComparison.Ordinal);
        data.Text("task-rest_events.json", new string('[', 5000));
        Assert.Contains("line 1", data.Refused().Message, StringComparison.Ordinal);
        data.Text("task-rest_events.json", "{\"a\":\"" + new string('x', 4_000_000) + "\"}");
        Assert.Contains("at most 4000000", data.Refused().Message, StringComparison.Ordinal);
    }
}
