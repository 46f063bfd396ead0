using SignalLab.Analysis.Spectra;
using SignalLab.Model;
using static SignalLab.Tests.Analysis.Filters.FilterPropertyTests;

namespace SignalLab.Tests.Analysis.Spectra;

public class ConnectivityTests
{
    private static readonly ConnectivityOptions OneSecond = new() { Segments = new() { SegmentSeconds = 1 } };

    // Two residue sequences in a shared 10 Hz wave, the second 10 ms behind: the same numbers on every machine.
    private static Recording Pair
    {
        get
        {
            var a = Enumerable.Range(0, 1000).Select(i => (((long)i * i * 7919 % 1009) - 504) / 504.0).ToArray();
            var b = Enumerable.Range(0, 1000).Select(i => ((((long)i * i * 6007) + (i * 31L)) % 997 - 498) / 498.0).ToArray();
            var x = a.Select((v, i) => Math.Sin(2 * Math.PI * 10 * i / 100.0) + (0.3 * v)).ToArray();
            var y = a.Select((v, i) => Math.Sin(2 * Math.PI * 10 * ((i / 100.0) - 0.01)) + (0.5 * b[i]) + (0.2 * v)).ToArray();
            return new([Channel("x", 1000), Channel("y", 1000)], new MemorySamples([x, y]));
        }
    }

    // Coherence: scipy.signal.coherence(x, y, fs=100, nperseg=100, noverlap=50), SciPy 1.10.1; the others by their definitions in NumPy over the same segments. At 5, 10, 20 and 33 Hz.
    [Theory]
    [InlineData(ConnectivityMeasure.Coherence, 0.16637333989354336, 0.991483647267161, 0.186770362493338, 0.20193015290499022)]
    [InlineData(ConnectivityMeasure.ImaginaryCoherence, 0.12803481294243732, 0.5933399713566455, 0.01610172958700544, -0.1487120082149662)]
    [InlineData(ConnectivityMeasure.PhaseLockingValue, 0.3161301120311925, 0.9980101554935455, 0.4556818069362357, 0.5456070818864528)]
    [InlineData(ConnectivityMeasure.PhaseLagIndex, 0.2631578947368421, 1.0, 0.05263157894736842, 0.05263157894736842)]
    [InlineData(ConnectivityMeasure.WeightedPhaseLagIndex, 0.25877262896353964, 1.0, 0.03721677130452741, 0.31623561485191637)]
    [InlineData(ConnectivityMeasure.DebiasedWeightedPhaseLagIndexSquared, -0.01712470416899174, 1.0, -0.11940370460708111, 0.00020876987610292828)]
    public void Every_measure_equals_its_definition(ConnectivityMeasure measure, double at5, double at10, double at20, double at33)
    {
        var result = Pair.Connectivity([(0, 1)], OneSecond)[0];
        var values = result.Of(measure).Values;
        Assert.Equal((19L, "x-y"), (result.SegmentCount, result.Name));
        Assert.Equal(at5, values[5], 1e-12);
        Assert.Equal(at10, values[10], 1e-12);
        Assert.Equal(at20, values[20], 1e-12);
        Assert.Equal(at33, values[33], 1e-12);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void A_channel_goes_fully_with_itself_and_turned_round_lags_the_other_way(bool multitaper, bool morlet)
    {
        var options = OneSecond with { BandwidthHz = multitaper ? 4 : null, Wavelets = morlet ? new() { FrequenciesHz = [10, 20], Cycles = [7], Every = 10 } : null };
        var results = Pair.Connectivity([(0, 0), (0, 1), (1, 0)], options);
        Assert.All(results[0].Of(ConnectivityMeasure.Coherence).Values, v => Assert.Equal(1, v, 1e-12));
        Assert.All(results[0].Of(ConnectivityMeasure.PhaseLockingValue).Values, v => Assert.Equal(1, v, 1e-12));
        Assert.All(results[0].Of(ConnectivityMeasure.ImaginaryCoherence).Values, v => Assert.Equal(0, v, 1e-12));
        var (there, back) = (results[1].Of(ConnectivityMeasure.ImaginaryCoherence), results[2].Of(ConnectivityMeasure.ImaginaryCoherence));
        Assert.All(there.Values.Zip(back.Values), p => Assert.Equal(p.First, -p.Second, 1e-12));
        // 10 ms of a 10 Hz wave are 36 degrees; the first channel leads.
        var ten = there.Axis.Values.ToList().IndexOf(10);
        Assert.Equal(Math.Sin(Math.PI / 5), there.Values[ten], 0.03);
        Assert.True(results[1].Of(ConnectivityMeasure.WeightedPhaseLagIndex).Values[ten] > 0.99);
    }

    [Fact]
    public void A_segment_that_misses_a_value_in_one_channel_is_passed_over_and_gaps_are_not_crossed()
    {
        var pair = Pair;
        double[][] samples = [pair.ReadAll(0), pair.ReadAll(1)];
        samples[1][520] = double.NaN;
        var broken = pair with { Samples = new MemorySamples(samples), Segments = [new(0, 4.5), new(10, 5.5)] };
        Assert.Equal(8 + 10 - 2, broken.Connectivity([(0, 1)], OneSecond)[0].SegmentCount);
        Assert.Empty(pair.Connectivity([]));
        Assert.Throws<UnfitInputException>(() => pair.Connectivity([(0, 1)], new() { Segments = new() { SegmentSeconds = 11 } }));
        var flat = new Recording([Channel("x", 1000), Channel("y", 1000)], new MemorySamples([new double[1000], samples[0]]));
        Assert.All(flat.Connectivity([(0, 1)])[0].Of(ConnectivityMeasure.PhaseLockingValue).Values, v => Assert.True(double.IsNaN(v)));
    }
}
