using SignalLab.Formats;
using SignalLab.Formats.Scp;

namespace SignalLab.Tests.Formats;

public sealed class ScpFormatTests : FormatContract
{
    protected override IFormat Format { get; } = new ScpFormat();

    protected override string Ending => ".scp";

    protected override IEnumerable<string> RealSamples => ["ecg/scp/Example.scp"];

    protected override IEnumerable<string> Samples(string scratch)
    {
        foreach (var coding in Enum.GetValues<ScpSample.Coding>())
        {
            var sample = new ScpSample { Table = coding, Differences = (int)coding };
            sample.Leads.AddRange([(1, 1, ScpSample.Wave(900, 0)), (2, 1, ScpSample.Wave(900, 30)), (61, 201, ScpSample.Wave(500, 60))]);
            yield return sample.Write(Path.Combine(scratch, $"{coding}.scp"));
        }

        yield return ScpLongTermTests.Sample(2, 3000).Write(Path.Combine(scratch, "long.scp"));
        yield return ScpReadingTests.Subtracted(4).Write(Path.Combine(scratch, "bimodal.scp"));
    }
}
