using SignalLab.Analysis.Imaging;
using SignalLab.Analysis.Simulation;
using SignalLab.Analysis.Sources;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis;

public sealed class SimulationTests
{
    [Fact]
    public void The_same_seed_gives_the_same_samples_and_another_seed_others()
    {
        var (a, b, c) = (EegSimulation.Create(1, 5, false).Data, EegSimulation.Create(1, 5, false).Data, EegSimulation.Create(2, 5, false).Data);
        Assert.Equal(a.ReadAll(7), b.ReadAll(7));
        Assert.NotEqual(a.ReadAll(7), c.ReadAll(7));
    }

    [Fact]
    public void Gaps_are_real_segments_and_events_keep_real_time()
    {
        var (recording, truth) = EegSimulation.Create(3, 60, gaps: true);
        Assert.Equal(3, recording.Segments.Count);
        Assert.Equal(60, recording.Segments.Sum(s => s.DurationSeconds), 9);
        Assert.Equal(7.5, recording.Segments[1].OnsetSeconds - recording.Segments[0].EndSeconds, 9);
        var t7 = recording.Channels.ToList().FindIndex(ch => ch.Label == "T7");
        foreach (var peak in truth["spike_peak_s"]!.AsArray().Select(v => v!.GetValue<double>()))
        {
            Assert.Contains(recording.Segments, s => peak >= s.OnsetSeconds && peak < s.EndSeconds);
            var trace = recording.GraphAt(t7, peak - 0.02, peak + 0.02).Values;
            Assert.True(trace.Count == 0 || trace.Min() < -40, $"no spike of the focus at {peak} s");
        }
    }

    [Fact]
    public void Artifacts_are_added_to_the_same_recording_and_told()
    {
        var (plain, (marred, truth)) = (EegSimulation.Create(3, 60, false).Data, EegSimulation.Create(3, 60, false, artifacts: true));
        Assert.Equal([.. plain.Channels.Select(c => c.Label), "VEOG", "HEOG"], marred.Channels.Select(c => c.Label));
        Assert.Equal(plain.ReadAll(0)[..512], marred.ReadAll(0)[..512]);
        var pop = truth["artifacts"]!.AsArray().First(a => (string)a!["kind"]! == "electrode pop")!;
        var channel = plain.Channels.ToList().FindIndex(c => c.Label == (string)pop["channel"]!);
        var at = (int)Math.Ceiling((double)pop["onset_s"]! * EegSimulation.RateHz);
        Assert.True(Math.Abs(marred.ReadAll(channel)[at] - plain.ReadAll(channel)[at]) > 80);
    }

    [Fact]
    public void Alpha_is_posterior()
    {
        var recording = EegSimulation.Create(4, 30, false).Data;
        double Power(string name)
        {
            var x = recording.ReadAll(recording.Channels.ToList().FindIndex(c => c.Label == name));
            var (re, im) = (0.0, 0.0);
            var sum = 0.0;
            for (var f = 9.6; f < 10.9; f += 1.0 / 30)
            {
                (re, im) = (0, 0);
                for (var i = 0; i < x.Length; i++)
                {
                    var (s, c) = Math.SinCos(2 * Math.PI * f * i / EegSimulation.RateHz);
                    re += x[i] * c;
                    im += x[i] * s;
                }

                sum += (re * re) + (im * im);
            }

            return sum;
        }

        Assert.True(Power("O1") > 4 * Power("F3"));
    }

    [Fact]
    public void Einthoven_and_Goldberger_hold_in_the_twelve_leads()
    {
        var r = EcgSimulation.TwelveLead(1, 10, noiseMillivolts: 0).Data;
        double[] Lead(string name) => r.ReadAll(r.Channels.ToList().FindIndex(c => c.Label == name));
        var (i, ii, iii, avr) = (Lead("I"), Lead("II"), Lead("III"), Lead("aVR"));
        Assert.All(Enumerable.Range(0, i.Length), n => Assert.Equal(ii[n] - i[n], iii[n], 0.11));
        Assert.All(Enumerable.Range(0, i.Length), n => Assert.Equal(-(i[n] + ii[n]) / 2, avr[n], 0.11));
    }

    [Fact]
    public void Between_the_waves_a_noiseless_ecg_only_wanders()
    {
        var (r, truth) = EcgSimulation.TwelveLead(1, 10, noiseMillivolts: 0);
        var lead = r.ReadAll(1);
        foreach (var beat in truth["beats"]!.AsArray())
        {
            // After the T wave and before the next P nothing but the baseline's slow sine remains.
            var from = (int)(500 * (beat!["t_off_s"]!.GetValue<double>() + 0.01));
            var step = Enumerable.Range(from, 20).Select(n => Math.Abs(lead[n + 1] - lead[n])).Max();
            Assert.True(step < 0.0021, $"{step} mV between samples after T");
            var qrs = (int)(500 * beat["r_s"]!.GetValue<double>());
            Assert.True(lead[qrs] > 0.5);
        }
    }

    [Fact]
    public void Ectopic_beats_are_early_and_known()
    {
        var (r, truth) = EcgSimulation.Strip(5, 300);
        Assert.Contains(r.Annotations, a => a.Text == "V");
        Assert.Contains(r.Annotations, a => a.Text == "A");
        Assert.Equal(truth["beats"]!.AsArray().Count, r.Annotations.Count);
    }

    [Fact]
    public void A_radial_dipole_is_silent_outside_the_sphere_Sarvas_1987()
    {
        var place = new Point3(0.02, 0.03, 0.05);
        var b = SphereField.FluxDensity(place, 1e-8 * place.Unit(), new Point3(0.01, -0.05, 0.11));
        var tangential = SphereField.FluxDensity(place, 1e-8 * place.Cross(new Point3(1, 0, 0)).Unit(), new Point3(0.01, -0.05, 0.11));
        Assert.True(b.Norm < 1e-9 * tangential.Norm);
    }

    [Fact]
    public void The_field_of_a_dipole_in_a_sphere_has_no_divergence_and_no_curl_outside()
    {
        var (place, moment, at) = (new Point3(0.02, 0.03, 0.05), new Point3(1e-8, -2e-8, 5e-9), new Point3(0.03, -0.06, 0.1));
        const double H = 1e-5;
        Point3 D(Point3 step) => (1 / (2 * H)) * (SphereField.FluxDensity(place, moment, at + step) - SphereField.FluxDensity(place, moment, at - step));
        var (dx, dy, dz) = (D(new(H, 0, 0)), D(new(0, H, 0)), D(new(0, 0, H)));
        var scale = dx.Norm + dy.Norm + dz.Norm;
        Assert.True(Math.Abs(dx.X + dy.Y + dz.Z) < 1e-6 * scale);
        Assert.True(new Point3(dy.Z - dz.Y, dz.X - dx.Z, dx.Y - dy.X).Norm < 1e-6 * scale);
    }

    [Fact]
    public void The_magnetic_map_has_two_poles_beside_the_dipole()
    {
        var evoked = MegSimulation.Create(1).Data;
        var map = evoked.MapAt(0.2, ChannelKind.Mag);
        var layout = ((SensorSupport)map.Support).Layout;
        var values = map.ReadFrame();
        var (max, min) = (Array.IndexOf(values, values.Max()), Array.IndexOf(values, values.Min()));
        Assert.True(layout.Sensors[max].PositionMetres.X < 0 && layout.Sensors[min].PositionMetres.X < 0, "a left source has its poles on the left");
        Assert.True(values.Max() > 50e-15 && values.Min() < -50e-15);
    }

    [Fact]
    public void The_canonical_response_peaks_at_five_seconds_and_undershoots() // Friston et al. 1998
    {
        var best = Enumerable.Range(0, 320).MaxBy(i => HaemodynamicResponse.At(i / 10.0)) / 10.0;
        Assert.Equal(5, best, 0.2);
        Assert.Equal(1, HaemodynamicResponse.At(5), 0.001);
        Assert.True(HaemodynamicResponse.At(16) < -0.05);
    }

    [Fact]
    public void The_marker_of_the_phantom_is_on_the_right()
    {
        var map = HeadPhantom.T1(1).Data;
        var grid = (GridSupport)map.Support;
        var values = map.ReadFrame();
        var brightest = Enumerable.Range(0, values.Length).Where(i => values[i] > 900).ToList();
        Assert.True(brightest.Count > 20);
        Assert.All(brightest, i => Assert.True(grid.ToMillimetres.Apply(new(i % grid.SizeX, 0, 0)).X > 60));
    }

    [Fact]
    public void The_active_region_follows_the_blocks()
    {
        var (map, truth) = HeadPhantom.Fmri(1, 120);
        var grid = (GridSupport)map.Support;
        var voxel = grid.ToMillimetres.Inverse().Apply(new(-38, -18, 48));
        var location = grid.IndexOf((int)Math.Round(voxel.X), (int)Math.Round(voxel.Y), (int)Math.Round(voxel.Z));
        var course = map.GraphAt(location).Values;
        var wanted = truth["time_course"]!.AsArray().Select(v => v!.GetValue<double>()).ToArray();
        var (mx, my) = (course.Average(), wanted.Average());
        var r = course.Zip(wanted, (x, y) => (x - mx) * (y - my)).Sum()
            / Math.Sqrt(course.Sum(x => (x - mx) * (x - mx)) * wanted.Sum(y => (y - my) * (y - my)));
        Assert.True(r > 0.9, $"r = {r}");
    }
}
