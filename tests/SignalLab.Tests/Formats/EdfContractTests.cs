using SignalLab.Formats;
using SignalLab.Formats.Edf;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class EdfContractTests : FormatContract
{
    protected override IFormat Format { get; } = new EdfFormat();

    protected override Action<Study, string>? Writer => (study, path) => Copy(study, path, EdfKind.Edf);

    protected override IEnumerable<string> RealSamples => new[]
    {
        "SC4001EC-Hypnogram", "chtypes_edf", "duplicate_channel_labels", "nk_MB0400FU_discontinuous", "short_psg", "subsecond_starttime", "test_uneven_samp", "test_utf8_annotations",
    }.Select(n => $"eeg/edf/{n}.edf");

    /// <summary>Written beside and renamed, as every output file is; no sample, time or text may be lost (a free patient text of 80 bytes may).</summary>
    internal static void Copy(Study study, string path, EdfKind kind)
    {
        Assert.DoesNotContain(EdfWriter.Write(study.Recordings[0], path + ".new", kind), r => !r.Text.StartsWith("The patient's", StringComparison.Ordinal));
        File.Move(path + ".new", path, true);
    }

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "continuous.edf");
        EdfWriter.Write(EdfRandomRecording.Make(1, [256, 100, 256, 1], (0, 20)), path);
        yield return path;

        path = Path.Combine(scratch, "gaps.edf");
        EdfWriter.Write(EdfRandomRecording.Make(2, [200, 50], (0, 4), (7.25, 3), (20, 5)), path);
        yield return path;
    }
}

public sealed class BdfContractTests : FormatContract
{
    protected override IFormat Format { get; } = new BdfFormat();

    protected override Action<Study, string>? Writer => (study, path) => EdfContractTests.Copy(study, path, EdfKind.Bdf);

    protected override IEnumerable<string> RealSamples => ["eeg/bdf/biosemi_2048Hz.bdf", "eeg/bdf/test_bdf_stim_channel.bdf", "eeg/bdf/test_subsecond.bdf"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        var path = Path.Combine(scratch, "continuous.bdf");
        EdfWriter.Write(EdfRandomRecording.Make(3, [512, 512], (0, 5)), path, EdfKind.Bdf);
        yield return path;

        path = Path.Combine(scratch, "gaps.bdf");
        EdfWriter.Write(EdfRandomRecording.Make(4, [128, 12.8], (0, 10), (25.5, 5)), path, EdfKind.Bdf);
        yield return path;
    }
}
