using SignalLab.Analysis.Ecg;
using SignalLab.Analysis.Ecg.Intervals;
using SignalLab.Analysis.Simulation;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Ecg.Intervals;

public sealed class IntervalMeasuringTests
{
    [Theory]
    [InlineData(50, 0.1, 0.2, 0.09, 0.44)]
    [InlineData(72, 0.1, 0.16, 0.08, 0.38)]
    [InlineData(110, 0.08, 0.13, 0.12, 0.31)]
    public void Intervals_of_the_median_beat_are_those_that_were_put_in(double rate, double p, double pr, double qrs, double qt)
    {
        var measured = SimulatedExamination.Of(EcgSimulation.TwelveLead(2, 30, new SimulatedBeat(rate, p, pr, qrs, qt))).MeasureIntervals();
        Assert.Equal(rate, measured.Named("heart rate").Value!.Value, 0.05 * rate);

        // The simulated waves begin and end softly: marks lie where a reader would see them.
        Assert.Equal(1000 * p, measured.Named("P duration").Value!.Value, 25.0);
        Assert.Equal(1000 * pr, measured.Named("PR interval").Value!.Value, 20.0);
        Assert.Equal(1000 * qrs, measured.Named("QRS duration").Value!.Value, 20.0);
        Assert.Equal(1000 * qt, measured.Named("QT interval").Value!.Value, 30.0);
        Assert.Equal(1000 * (qt - qrs), measured.Named("JT interval").Value!.Value, 30.0);
        Assert.Equal(1000 * qt, measured.Named("QT interval (beats, median)").Value!.Value, 3.0);
        Assert.InRange(measured.Named("QT interval (beats, SD)").Value!.Value, 0, 3);
        var rr = measured.Named("RR median").Value!.Value;
        Assert.InRange(rr, measured.Named("RR min").Value!.Value, measured.Named("RR max").Value!.Value);
        Assert.Equal(1000 * CorrectedQt.Fridericia(measured.Named("QT interval").Value!.Value / 1000, rr / 1000), measured.Named("QTc interval (Fridericia)").Value!.Value, 1e-9);
    }

    [Fact]
    public void Corrected_QT_follows_its_formulas_and_is_QT_itself_at_sixty()
    {
        foreach (var formula in (Func<double, double, double>[])[CorrectedQt.Bazett, CorrectedQt.Fridericia, CorrectedQt.Framingham, CorrectedQt.Hodges])
        {
            Assert.Equal(0.4, formula(0.4, 1), 12);
        }

        // Worked by hand for QT 360 ms at 100 a minute.
        Assert.Equal(0.464758, CorrectedQt.Bazett(0.36, 0.6), 1e-6);
        Assert.Equal(0.426827, CorrectedQt.Fridericia(0.36, 0.6), 1e-6);
        Assert.Equal(0.4216, CorrectedQt.Framingham(0.36, 0.6), 1e-9);
        Assert.Equal(0.43, CorrectedQt.Hodges(0.36, 0.6), 1e-9);
    }

    [Theory]
    [InlineData(60, 45, 30)]
    [InlineData(-20, -75, 170)]
    [InlineData(90, 180, -90)]
    [InlineData(10, 120, -150)]
    public void Axes_point_where_the_vector_pointed_from_any_two_limb_leads(double p, double qrs, double t)
    {
        foreach (var names in (string[][])[["I", "aVF"], ["I", "II"], ["II", "III"], ["aVR", "aVL"], ["aVL", "III"]])
        {
            var measured = SimulatedExamination.Frontal(p, qrs, t, names).MeasureIntervals();
            Assert.Equal(p, measured.Named("P axis").Value!.Value, 1.0);
            Assert.Equal(qrs, measured.Named("QRS axis").Value!.Value, 1.0);
            Assert.Equal(t, measured.Named("T axis").Value!.Value, 1.0);
        }
    }

    [Fact]
    public void Amplitudes_and_indices_are_read_off_the_simulated_waves()
    {
        var simulated = EcgSimulation.TwelveLead(9, 20, noiseMillivolts: 0);
        var measured = SimulatedExamination.Of(simulated).MeasureIntervals();
        string[] leads = ["I", "II", "aVL", "V1", "V3", "V5", "V6"];
        foreach (var lead in leads)
        {
            Assert.InRange(Math.Abs(measured.Named($"ST at J ({lead})").Value!.Value), 0, 0.03);
            Assert.True(measured.Named($"Q amplitude ({lead})").Value <= 0);
            Assert.True(measured.Named($"R amplitude ({lead})").Value >= 0);
            Assert.True(measured.Named($"S amplitude ({lead})").Value <= 0);
        }

        // Free wall (1.15, 0.95, 0.55) mV seen by Dower's V5 (1.125, 0.127, -0.086) and V1 (-0.515, 0.157, -0.917).
        Assert.Equal((1.15 * 1.125) + (0.95 * 0.127) - (0.55 * 0.086), measured.Named("R amplitude (V5)").Value!.Value, 0.06);
        Assert.Equal((-1.15 * 0.515) + (0.95 * 0.157) - (0.55 * 0.917), measured.Named("S amplitude (V1)").Value!.Value, 0.06);
        Assert.Equal((0.07 * 0.235) + (0.12 * 1.066) + (0.02 * 0.132), measured.Named("P amplitude (II)").Value!.Value, 0.02);
        Assert.Equal((0.28 * 0.235) + (0.24 * 1.066) + (0.14 * 0.132), measured.Named("T amplitude (II)").Value!.Value, 0.03);
        Assert.Equal(
            measured.Named("R amplitude (V5)").Value!.Value - measured.Named("S amplitude (V1)").Value!.Value, measured.Named("Sokolow-Lyon voltage").Value!.Value, 1e-9);
        Assert.Equal(measured.Named("Cornell voltage").Value * measured.Named("QRS duration").Value, measured.Named("Cornell product").Value);
        var unknown = SimulatedExamination.Of(simulated with { Data = simulated.Data with { Subject = Subject.Unknown } }).MeasureIntervals();
        Assert.Null(unknown.Named("Cornell product").Value);
        Assert.Contains("sex", unknown.Named("Cornell product").Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_inverse_Dower_matrix_undoes_Dowers()
    {
        // Dower, Machado and Osborne 1980: I, II, V1 to V6 from x, y, z.
        double[][] dower =
        [
            [0.632, -0.235, 0.059], [0.235, 1.066, -0.132], [-0.515, 0.157, -0.917], [0.044, 0.164, -1.387],
            [0.882, 0.098, -1.277], [1.213, 0.127, -0.601], [1.125, 0.127, -0.086], [0.831, 0.076, 0.230],
        ];
        foreach (var vector in new Point3[] { new(1, 0, 0), new(0, 1, 0), new(0, 0, 1), new(0.3, -0.7, 0.5) })
        {
            double[][] leads = [.. dower.Select(row => new[] { (row[0] * vector.X) + (row[1] * vector.Y) + (row[2] * vector.Z) })];
            Assert.InRange((HeartVector.Of(leads, VectorMethod.InverseDower)[0] - vector).Norm, 0, 0.005);

            // The regression was made on other torsos: near, not equal.
            Assert.InRange((HeartVector.Of(leads, VectorMethod.Kors)[0] - vector).Norm, 0, 0.45);
        }

        Assert.Equal(90, HeartVector.AngleDegrees(new(1, 0, 0), new(0, 0, 2))!.Value, 1e-9);
        Assert.Null(HeartVector.AngleDegrees(new(0, 0, 0), new(0, 0, 2)));
    }

    [Fact]
    public void The_angle_between_QRS_and_T_is_that_of_the_simulated_vectors()
    {
        var measured = SimulatedExamination.Of(EcgSimulation.TwelveLead(9, 20, noiseMillivolts: 0)).MeasureIntervals();
        var expected = HeartVector.AngleDegrees(new(1.15, 0.95, 0.55), new(0.28, 0.24, -0.14))!.Value;
        Assert.Equal(expected, measured.Named("QRS-T angle (peak, inverse Dower)").Value!.Value, 4.0);
        Assert.InRange(measured.Named("QRS-T angle (peak)").Value!.Value, expected - 25, expected + 25);
    }

    [Fact]
    public void Waves_of_a_complex_are_named_by_sign_and_order()
    {
        double[] Complex(params (double Height, int Samples)[] waves) => [0, .. waves.SelectMany(w => Enumerable.Range(1, w.Samples).Select(i => w.Height * Math.Sin(Math.PI * i / (w.Samples + 1)))), 0];
        Assert.Equal((-0.1, 1.0, -0.3), Rounded(Complex((-0.1, 11), (1, 21), (-0.3, 11))));
        Assert.Equal((-0.8, 0.0, 0.0), Rounded(Complex((-0.8, 31))));
        Assert.Equal((0.0, 0.4, -0.9), Rounded(Complex((0.4, 11), (-0.9, 21), (0.2, 11))));

        // Smaller than 20 µV, or shorter than 6 ms: no wave.
        Assert.Equal((0.0, 1.0, 0.0), Rounded(Complex((-0.015, 11), (1, 21), (-0.3, 2))));

        static (double Q, double R, double S) Rounded(double[] complex)
        {
            var (q, r, s) = QrsWaves.Of(complex, 500);
            return (Math.Round(q, 3), Math.Round(r, 3), Math.Round(s, 3));
        }
    }

    [Fact]
    public void A_days_own_line_of_QT_over_RR_is_found_with_its_memory()
    {
        var (at, rr, qt) = (new double[6000], new double[6000], new double[6000]);
        double time = 0, remembered = 0.9;
        for (var i = 0; i < at.Length; i++)
        {
            rr[i] = 0.85 + (0.2 * Math.Sin(2 * Math.PI * time / 1500)) + (0.08 * Math.Sin(2 * Math.PI * time / 130));
            time += rr[i];
            at[i] = time;
            remembered += (1 - Math.Exp(-rr[i] / 60)) * (rr[i] - remembered);
            qt[i] = i % 50 == 0 ? 0.55 : 0.41 + (0.16 * (remembered - 1)) + (0.002 * ((i % 7) - 3) / 2);
        }

        var fit = QtAdaptation.Fit(at, rr, qt)!;
        Assert.Equal(60, fit.MemorySeconds);
        Assert.Equal(0.16, fit.Slope, 0.004);
        Assert.Equal(0.41, fit.QtAtSixtySeconds, 0.001);
        Assert.Null(QtAdaptation.Fit(at.AsSpan(0, 20), rr.AsSpan(0, 20), qt.AsSpan(0, 20)));
    }

    [Fact]
    public void What_cannot_be_measured_says_why()
    {
        var empty = new EcgExamination(EcgSimulation.TwelveLead(1, 5).Data, [0, 1], []).MeasureIntervals();
        Assert.All(empty, m => Assert.Null(m.Value));
        Assert.All(empty, m => Assert.False(string.IsNullOrWhiteSpace(m.Reason)));

        // One lead, no P: no axis, no PR, but a QRS duration.
        var measured = SimulatedExamination.Frontal(null, 40, 30, ["I"]).MeasureIntervals();
        Assert.Contains("no P onset", measured.Named("PR interval").Reason, StringComparison.Ordinal);
        Assert.NotNull(measured.Named("QRS duration").Value);
        Assert.Contains("aVF", measured.Named("QRS axis").Reason, StringComparison.Ordinal);
        Assert.Contains("V1", measured.Named("QRS-T angle (peak)").Reason, StringComparison.Ordinal);
        Assert.Contains("s; a fit", measured.Named("QT/RR slope").Reason, StringComparison.Ordinal);
        Assert.Equal(measured.Count, measured.Select(m => m.Name).Distinct().Count());
        Assert.All(measured, m => Assert.True(m.Value is { } v ? double.IsFinite(v) && m.Reason is null : m.Reason is not null));
    }
}
