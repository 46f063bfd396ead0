using SignalLab.Formats;
using SignalLab.Formats.Wfdb;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

public sealed class WfdbFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new WfdbFormat();

    protected override Action<Study, string> Writer => (study, path) => WfdbWriter.Write(study.Recordings[0], path);

    protected override string Ending => ".hea";

    protected override IEnumerable<string> RealSamples => ["ecg/ptbxl/00001_lr.hea", "ecg/challenge/a103l.hea", "ecg/wfdbformats/binformats.hea", "ecg/ludb/1.hea"];

    // A cut inside the last signal's name leaves a valid header: the most that can be done is to say so.
    protected override void AssertCutLosesNothing(Study original, Study cut)
    {
        if (!cut.Remarks.Contains(WfdbHeaderReader.UnendedLine))
        {
            AssertSame(original, cut);
        }
    }

    protected override IEnumerable<string> Samples(string scratch)
    {
        var random = new Random(11);
        int[] Noise(int count, int span) => [.. Enumerable.Range(0, count).Select(_ => random.Next(-span, span))];

        yield return WfdbSample.Write(
            scratch, "packed", "packed 2 360/360(0) 700 10:20:30.5 24/12/1999\r\npacked.dat 212 200(1024)/mV 11 1024 995 0 0 MLII\r\npacked.dat 212 150.5/mV 11 1024 0 0 0 V5, chest\r\n# 69 M 1085 1629 x1\r\n",
            ("packed.dat", WfdbSample.Encode(212, Noise(1400, 2000))), ("packed.atr", Beats()));
        yield return WfdbSample.Write(
            scratch, "rates", "rates 3 125 300\nrates.dat 16x4:2 200/mV 0 0 0 0 0 II\nrates.dat 16 10(-40)/mmHg 0 0 0 0 0 ABP\nrates.dat 16x2 1e2/NU 0 0 0 0 0 PLETH\n#<age>: 81\n#<sex>: F\n",
            ("rates.dat", WfdbSample.Encode(16, Noise(300 * 7, 30000))));
        yield return WfdbSample.Write(
            scratch, "part1", "part1 1 250 400\npart1.dat 310 100 10 0 0 0 0 ECG\n", ("part1.dat", WfdbSample.Encode(310, Noise(400, 500))));
        yield return WfdbSample.Write(
            scratch, "gaps", "gaps/4 1 250 1100\npart1 400\n~ 200\npart1 400\n~ 100\n");
        yield return WfdbSample.Write(
            scratch, "flac", "flac 2 250 900\nflac.dat 516 200 16 0 0 0 0 II\nflac.dat 516 200 16 0 0 0 0 V1\n", ("flac.dat", FlacBytes.Encode(16, [Noise(900, 300), Noise(900, 20)])));
        yield return WfdbSample.Write(
            scratch, "offset", "offset 1 100\noffset.mat 61+24 20(0.5)/uV 16 0 0 0 0 EEG Fpz-Cz\n", ("offset.mat", [.. new byte[24], .. WfdbSample.Encode(61, Noise(333, 30000))]));
    }

    // Whatever lies beside the sample; the sample itself is replaced by the test.
    protected override IEnumerable<string> Companions(string sample) =>
        Directory.EnumerateFiles(Path.GetDirectoryName(sample)!).Where(f => f != sample && (f.Contains("part1", StringComparison.Ordinal) || Path.GetFileName(f).StartsWith(Path.GetFileNameWithoutExtension(sample) + ".", StringComparison.Ordinal)));

    private static byte[] Beats() => MitAnnotationCoding.Encode(
        [new(18, WfdbCodes.Rhythm, Text: "(N"), new(77, WfdbCodes.Normal), new(370, 5, Subtype: -1, Number: 3), new(690, WfdbCodes.Note, Text: "odd")]);
}
