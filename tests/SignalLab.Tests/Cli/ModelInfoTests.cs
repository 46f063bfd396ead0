namespace SignalLab.Tests.Cli;

/// <summary><c>info --json</c> of what a source analysis keeps beside its recording, and what other verbs say to it.</summary>
public sealed class ModelInfoTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Theory]
    [InlineData("meg/fif/test-cov.fif", "covariance", "covariances", 1)]
    [InlineData("meg/fif/test-cov.fif", "covariance", "variances", 366)]
    [InlineData("meg/fif/test-proj.fif", "projectors", "projectors", 2)]
    [InlineData("meg/fif/small-src.fif.gz", "source-space", "source_spaces", 2)]
    [InlineData("meg/source/sample-320-320-320-bem.fif", "surface", "surfaces", 3)]
    [InlineData("meg/source/fsaverage-trans.fif", "transform", "transforms", 1)]
    [InlineData("meg/source/sample_audvis_trunc-trans.fif", "transform", "transforms", 1)]
    [InlineData("meg/source/sample-fiducials.fif", "layout", "fiducials", 3)]
    [InlineData("meg/fif/test-eve.fif", "events", "events", 31)]
    [InlineData("meg/coil_def_Elekta.dat", "coil-definitions", "coil_definitions", 4)]
    [InlineData("meg/source/sample_audvis_trunc_xfit.dip", "dipoles", "dipoles", 17)]
    [InlineData("meg/fif/test_ctf_comp_raw.fif", "recording", "compensations", 5)]
    public void Every_content_has_its_kind_and_rows(string file, string kind, string rows, int count)
    {
        var document = CommandLine.Run("info", SharedData.File(file), "--json").Done().Json;
        Assert.Equal(kind, document.GetProperty("kind").GetString());
        Assert.Equal(count, document.GetProperty(rows).GetArrayLength());
        Assert.Equal(Path.GetFileName(file), document.GetProperty("file").GetString());
    }

    [Fact]
    public void A_forward_solution_is_shown_with_its_sources()
    {
        Formats.Fiff.FiffModelSample.LeadField(folder["a-fwd.fif"]);
        var outcome = CommandLine.Run("info", folder["a-fwd.fif"], "--json").Done().Json;
        Assert.Equal("lead-field", outcome.GetProperty("kind").GetString());
        Assert.Equal([2, 1], outcome.GetProperty("lead_fields").EnumerateArray().Select(l => l.GetProperty("sensors").GetInt32()));
        Assert.Equal(5, outcome.GetProperty("lead_fields")[0].GetProperty("sources").GetInt32());
        Assert.Contains("lead_fields", CommandLine.Run("info", folder["a-fwd.fif"]).Done().Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbs_that_need_a_recording_say_what_they_found_and_a_report_counts_it()
    {
        Formats.Fiff.FiffModelSample.Covariance(folder["a-cov.fif"]);
        CommandLine.AssertRefused(3, "graph", folder["a-cov.fif"], folder["a.png"]);
        CommandLine.AssertRefused(3, "export", folder["a-cov.fif"], folder["a.csv"]);
        CommandLine.Run("report", folder["a-cov.fif"], folder["a.pdf"]).Done();
    }

    public void Dispose() => folder.Dispose();
}
