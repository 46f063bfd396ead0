using SignalLab.Formats.BrainVision;
using SignalLab.Tests.Formats.Bids;

namespace SignalLab.Tests.Cli;

public sealed class BidsFolderTests : IDisposable
{
    private readonly BidsSample data = new BidsSample().Edf(new SignalLab.Model.Annotation(4, 0, "lights off"))
        .Text("task-rest_events.tsv", "onset|duration|trial_type|value / 1|0.5|go|3").Text("task-rest_channels.tsv", "name|status / Cz|bad").Text("dataset_description.json", "{}");

    public void Dispose() => data.Dispose();

    [Fact]
    public void Info_tells_what_the_dataset_says_and_in_which_file()
    {
        foreach (var path in new[] { data.In(BidsSample.File), data.Root })
        {
            var info = CommandLine.Run("info", path, "--json").Done().Json;
            Assert.Equal(["task-rest_channels.tsv", "task-rest_events.tsv"], info.GetProperty("sidecars").EnumerateArray().Select(p => p.GetString()));
            Assert.True(info.GetProperty("channels")[1].GetProperty("bad").GetBoolean());
        }
    }

    [Fact]
    public void Info_on_a_file_lists_its_own_marks_as_they_stand_and_the_datasets_events_apart()
    {
        var info = CommandLine.Run("info", data.In(BidsSample.File), "--json").Done().Json;
        Assert.Equal("lights off", Assert.Single(info.GetProperty("annotations").EnumerateArray()).GetProperty("text").GetString());
        var row = Assert.Single(info.GetProperty("events").EnumerateArray());
        Assert.Equal(("go", "task-rest_events.tsv", "value: 3"), (row.GetProperty("text").GetString(), row.GetProperty("origin").GetString(), row.GetProperty("details").GetString()));
    }

    [Fact]
    public void Info_on_a_dataset_lists_marks_and_events_joined()
    {
        var annotations = CommandLine.Run("info", data.Root, "--json").Done().Json.GetProperty("annotations").EnumerateArray().ToArray();
        Assert.Equal(["go", "lights off"], annotations.Select(a => a.GetProperty("text").GetString()));
        Assert.Equal(["task-rest_events.tsv", null], annotations.Select(a => a.GetProperty("origin").GetString()));
        Assert.Equal(["value: 3", null], annotations.Select(a => a.GetProperty("details").GetString()));
    }

    [Fact]
    public void A_dataset_of_several_is_listed_by_info_and_refused_in_one_line_by_what_needs_one()
    {
        data.Edf("sub-02/eeg/sub-02_task-rest_eeg.edf");
        var info = CommandLine.Run("info", data.Root, "--json").Done().Json;
        Assert.Equal(("BIDS", "dataset"), (info.GetProperty("format").GetString(), info.GetProperty("kind").GetString()));
        Assert.Equal([BidsSample.File, "sub-02/eeg/sub-02_task-rest_eeg.edf"], info.GetProperty("recordings").EnumerateArray().Select(r => r.GetProperty("path").GetString()));
        Assert.Contains("sub-02_task-rest_eeg.edf", CommandLine.Run("info", data.Root).Done().Output, StringComparison.Ordinal);
        CommandLine.AssertRefused(3, "export", data.Root, data.In("out.csv"));
        CommandLine.AssertRefused(3, "spectrum", data.Root);
    }

    [Fact]
    public void A_report_of_a_dataset_has_a_section_for_each_recording_and_none_for_what_describes_them()
    {
        data.Text("sub-01/ses-a/eeg/sub-01_ses-a_electrodes.tsv", "name|x|y|z / Fp1|1|2|3 / Cz|0|0|9 / X9|4|4|4");
        BrainVisionWriter.Write(BidsSample.Plain(), data.In("sub-01/ses-a/eeg/sub-01_ses-a_task-go_eeg.vhdr"));
        CommandLine.Run("report", data.Root, data.In("out"), "--quiet").Done();
        Assert.Equal(2, Directory.EnumerateFiles(data.In("out"), "*.pdf").Count());
    }

    [Fact]
    public void Events_of_the_dataset_are_there_for_averages()
    {
        CommandLine.Run("average", data.In(BidsSample.File), data.In("out/average.csv"), "--event", "go", "--from", "-0.2", "--to", "0.5", "--quiet").Done();
        Assert.True(File.Exists(data.In("out/average.csv")));
    }
}
