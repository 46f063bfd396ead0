using SignalLab.Formats.Electrodes;
using SignalLab.Model;

namespace SignalLab.Tests.Formats.Electrodes;

public class StandardLayoutsTests
{
    [Fact]
    public void Ten_05_positions_equal_the_reference_in_the_head_frame()
    {
        var oracle = SharedData.Oracle("eeg/oracles/dsp/topography_eegmmi.json").GetProperty("positions_m");
        foreach (var entry in oracle.EnumerateObject())
        {
            var actual = StandardLayouts.TenTen05.Find(entry.Name)!.PositionMetres;
            var expected = new Point3(entry.Value[0].GetDouble(), entry.Value[1].GetDouble(), entry.Value[2].GetDouble());
            Assert.True((actual - expected).Norm < 1e-7, $"{entry.Name} {actual}");
        }
    }

    [Fact]
    public void Ten_05_has_all_positions_of_the_paper_and_the_old_names()
    {
        Assert.Equal(343, StandardLayouts.TenTen05.Sensors.Count);
        Assert.Equal(["lpa", "nasion", "rpa"], StandardLayouts.TenTen05.Fiducials.Select(f => f.Name));
        Assert.Equal(StandardLayouts.TenTen05.Find("T7"), StandardLayouts.TenTen05.Find("EEG T3-Ref"));
        Assert.Equal("Fp1", StandardLayouts.TenTen05.Find("Fp1.")!.Name);
    }

    [Fact]
    public void The_head_frame_has_the_preauricular_points_on_x_and_the_nasion_on_y()
    {
        var fiducials = StandardLayouts.TenTen05.Fiducials.ToDictionary(f => f.Name, f => f.PositionMetres);
        Assert.True(fiducials["nasion"].Y > 0.08 && Math.Abs(fiducials["nasion"].X) < 1e-12 && Math.Abs(fiducials["nasion"].Z) < 1e-12);
        Assert.True(fiducials["lpa"].X < -0.07 && Math.Abs(fiducials["lpa"].Y) < 1e-12 && Math.Abs(fiducials["lpa"].Z) < 1e-12);
        Assert.True(fiducials["rpa"].X > 0.07);
    }

    [Fact]
    public void A_recording_gets_positions_by_electrode_name_and_bipolar_derivations_get_none()
    {
        var own = new Sensor("O1", new Point3(1, 2, 3));
        var recording = new Recording(
            [Eeg("EEG T3-Ref"), Eeg("Fc5."), Eeg("EEG Fpz-Cz"), Eeg("O1") with { Sensor = own, Frame = Frame.Head }, new("Cz", ChannelKind.Emg, Unit.Microvolt, 100, 0)],
            new MemorySamples([[], [], [], [], []]));
        var placed = recording.WithLayout(StandardLayouts.TenTen05);
        Assert.Equal(StandardLayouts.TenTen05.Find("T7"), placed.Channels[0].Sensor! with { Name = "T7" });
        Assert.Equal(StandardLayouts.TenTen05.Find("FC5"), placed.Channels[1].Sensor);
        Assert.Equal(Frame.Head, placed.Channels[1].Frame);
        Assert.Null(placed.Channels[2].Sensor);
        Assert.Equal(own, placed.Channels[3].Sensor);
        Assert.Null(placed.Channels[4].Sensor);
        Assert.Equal(3, placed.Fiducials.Count);
        Assert.Equal("layout", placed.Provenance.Steps[^1].Name);
    }

    [Fact]
    public void Positions_of_two_frames_are_not_mixed()
    {
        var recording = new Recording(
            [Eeg("O1") with { Sensor = new Sensor("O1", default), Frame = Frame.Electrodes }, Eeg("O2")], new MemorySamples([[], []]));
        Assert.Throws<UnfitInputException>(() => recording.WithLayout(StandardLayouts.TenTen05));
    }

    private static Channel Eeg(string label) => new(label, ChannelKind.Eeg, Unit.Microvolt, 100, 0);
}
