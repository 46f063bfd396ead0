using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Simulation;
using SignalLab.Formats;

namespace SignalLab.Tests.Analysis.Ecg.Rhythm;

public sealed class FlutterWavesTests
{
    private const string Candidate = "atrial flutter (candidate)";

    [Theory]
    [InlineData("35", 0.208)]
    [InlineData("52", 0.224)]
    public void Patients_in_flutter_are_told_with_the_cycle_of_the_waves(string record, double cycleSeconds)
    {
        var recording = Recordings.Open(SharedData.File($"ecg/ludb/{record}.hea"));
        var examination = recording.Examine();
        Assert.Equal(cycleSeconds, Assert.Single(recording.FindFlutterWaves(examination.Leads, examination.Beats)).CycleSeconds, 0.005);
        Assert.Contains(examination.Rhythm, f => f.Name == Candidate && f.Confidence is > 0.4 and < 0.9);
        Assert.DoesNotContain(examination.Rhythm, f => f.Name.StartsWith("sinus", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("ludb/185")]
    [InlineData("ludb/101")]
    [InlineData("mitdb/101")]
    [InlineData("mitdb/118")]
    public void Others_are_not(string record) => Assert.DoesNotContain(Recordings.Open(SharedData.File($"ecg/{record}.hea")).Examine().Rhythm, f => f.Name == Candidate);

    [Theory]
    [InlineData(60)]
    [InlineData(100)]
    [InlineData(140)]
    [InlineData(180)]
    public void P_and_T_waves_of_an_even_rhythm_are_no_flutter(double perMinute)
    {
        var recording = EcgSimulation.TwelveLead(4, 30, SimulatedBeat.At(perMinute)).Data;
        Assert.Empty(recording.FindFlutterWaves(recording.EcgLeads(), recording.Examine().Beats));
    }

    [Fact]
    public void Without_beats_leads_or_length_there_is_none()
    {
        var recording = EcgSimulation.TwelveLead(4, 3).Data;
        Assert.Empty(recording.FindFlutterWaves([], []));
        Assert.Empty(recording.FindFlutterWaves([0], []));
        Assert.Empty(recording.FindFlutterWaves(recording.EcgLeads(), recording.Examine().Beats));
    }
}
