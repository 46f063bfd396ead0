namespace SignalLab.Tests.Formats.Bids;

/// <summary>BIDS 1.10, "Participants file", "Scans file", "Sidecar JSON".</summary>
public sealed class BidsPeopleTests : IDisposable
{
    private const string Scans = "sub-01/ses-a/sub-01_ses-a_scans.tsv";
    private readonly BidsSample data = new BidsSample().Edf();

    public void Dispose() => data.Dispose();

    [Theory]
    [InlineData("34", "female", "F", 34.0)]
    [InlineData("89+", "Male", "M", 89.0)]
    [InlineData("0.5", "o", "O", 0.5)]
    [InlineData("n/a", "n/a", "M", null)]
    [InlineData("old", "F", "F", null)]
    public void Age_and_sex_are_the_participants(string age, string sex, string expectedSex, double? expectedAge)
    {
        data.Text("participants.tsv", $"participant_id|age|sex / sub-02|1|F / sub-01|{age}|{sex}");
        var recording = data.Open();
        Assert.Equal(("sub-01", expectedSex, expectedAge), (recording.Subject.Id, recording.Subject.Sex, recording.Subject.AgeYears));
        Assert.Equal(age == "old", recording.Remarks.Any(r => r.Contains("\"old\"", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_unit_of_ages_is_the_descriptions()
    {
        data.Text("participants.tsv", "participant_id|age / 01|18").Text("participants.json", """{"age":{"Units":"months"}}""");
        Assert.Equal(1.5, data.Open().Subject.AgeYears);
    }

    [Fact]
    public void A_participant_who_is_not_listed_is_remarked_and_the_files_own_name_is_kept_as_a_comment()
    {
        data.Text("participants.tsv", "participant_id|age / sub-02|18");
        var recording = data.Open();
        Assert.Contains(recording.Remarks, r => r.Contains("no row for sub-01", StringComparison.Ordinal));
        Assert.Contains(recording.Comments, c => c.Contains("X17", StringComparison.Ordinal));
        Assert.Equal("M", recording.Subject.Sex);
    }

    [Fact]
    public void The_start_is_the_files_unless_the_scans_table_says_otherwise()
    {
        const string Row = "filename|acq_time / eeg/sub-01_ses-a_task-rest_run-2_eeg.edf|1999-01-01T00:00:00 / eeg/sub-01_ses-a_task-rest_run-1_eeg.edf|";
        Assert.Equal(new DateTime(2020, 5, 6, 7, 8, 9), data.Open().Start);
        data.Text(Scans, Row + "2020-05-06T07:08:09.25");
        Assert.Equal(new DateTime(2020, 5, 6, 7, 8, 9), data.Open().Start);
        Assert.Empty(data.Open().Remarks);
        data.Text(Scans, Row + "1921-02-03T04:05:06.5Z");
        var recording = data.Open();
        Assert.Equal(new DateTime(1921, 2, 3, 4, 5, 6, 500), recording.Start);
        Assert.Equal(DateTimeKind.Utc, recording.Start!.Value.Kind);
        Assert.Contains(recording.Remarks, r => r.Contains("1921-02-03T04:05:06", StringComparison.Ordinal));
        data.Text(Scans, Row + "n/a");
        Assert.Equal(new DateTime(2020, 5, 6, 7, 8, 9), data.Open().Start);
    }

    [Theory]
    [InlineData("filename|acq_time / eeg/sub-01_ses-a_task-rest_run-1_eeg.edf|yesterday", "line 2 (acq_time): found \"yesterday\", expected a time as 2009-06-15T13:45:30.")]
    [InlineData("filename|acq_time / ../../etc/passwd|n/a", "line 2 (filename): found \"../../etc/passwd\", expected a path inside the folder of the table.")]
    [InlineData("filename|acq_time / /etc/passwd|n/a", "line 2 (filename): found \"/etc/passwd\", expected a path inside the folder of the table.")]
    [InlineData("file|acq_time / a|n/a", "line 1: found the columns file, acq_time, expected a column named filename.")]
    public void A_damaged_scans_table_or_one_that_leads_elsewhere_is_refused(string table, string expected)
    {
        data.Text(Scans, table);
        Assert.EndsWith("scans.tsv, " + expected, data.Refused().Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_dataset_states_otherwise_than_the_file_has_it_is_remarked()
    {
        data.Text("task-rest_eeg.json", """{"SamplingFrequency":250,"RecordingDuration":100,"PowerLineFrequency":"fifty","SoftwareFilters":{"Notch":{"f0 (Hz)":50}}}""");
        var recording = data.Open();
        Assert.Contains(recording.Remarks, r => r.Contains("250 Hz, the data file 100 Hz", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.Contains("100 s, the data file holds 10 s", StringComparison.Ordinal));
        Assert.Contains(recording.Remarks, r => r.Contains("PowerLineFrequency is fifty", StringComparison.Ordinal));
        Assert.Contains("""SoftwareFilters: {"Notch":{"f0 (Hz)":50}}""", recording.Comments);
        data.Text("task-rest_eeg.json", """{"SamplingFrequency":100.0,"RecordingDuration":9.99,"PowerLineFrequency":"50","SoftwareFilters":"n/a"}""");
        Assert.Empty(data.Open().Remarks);
        Assert.Equal(50, data.Open().LineFrequencyHz);
    }
}
