using SignalLab.Analysis.Selection;
using SignalLab.Model;

namespace SignalLab.Tests.Analysis.Selection;

public class PickingTests
{
    private static readonly Recording Mixed = new(
        [
            new("Fz", ChannelKind.Eeg, Unit.Microvolt, 10, 3), new("MEG 1", ChannelKind.Mag, Unit.Tesla, 10, 3) { IsBad = true },
            new("Fz", ChannelKind.Eog, Unit.Microvolt, 10, 3), new("Resp", ChannelKind.Resp, Unit.One, 1, 1),
        ],
        new MemorySamples([[1, 2, 3], [4, 5, 6], [7, 8, 9], [10]]))
    {
        Annotations = [new(0, 0, "all"), new(0, 0, "one", "MEG 1"), new(0, 0, "other", "Resp")],
    };

    [Fact]
    public void Channels_come_in_the_order_asked_for()
    {
        var picked = Mixed.Pick([2, 0, 2]);

        Assert.Equal([ChannelKind.Eog, ChannelKind.Eeg, ChannelKind.Eog], picked.Channels.Select(c => c.Kind));
        Assert.Equal([[7, 8, 9], [1, 2, 3], [7, 8, 9]], Enumerable.Range(0, 3).Select(picked.ReadAll));
        var block = new double[4];
        picked.Samples.Read([1, 0], 1, 2, block);
        Assert.Equal([2, 3, 8, 9], block);
    }

    [Fact]
    public void Annotations_about_channels_left_out_go_with_them() =>
        Assert.Equal(["all", "one"], Mixed.Pick([1]).Annotations.Select(a => a.Text));

    [Fact]
    public void The_recordings_duration_does_not_depend_on_what_is_picked() =>
        Assert.Equal(Mixed.DurationSeconds, Mixed.Pick([0]).DurationSeconds);

    [Fact]
    public void Channels_are_picked_by_kind_and_by_any_property()
    {
        Assert.Equal(["Fz", "Fz"], Mixed.OfKind(ChannelKind.Eeg, ChannelKind.Eog).Channels.Select(c => c.Label));
        Assert.DoesNotContain(Mixed.Pick(c => !c.IsBad).Channels, c => c.IsBad);
    }

    [Fact]
    public void An_empty_choice_is_refused_and_says_what_there_is()
    {
        var e = Assert.Throws<UnfitInputException>(() => Mixed.OfKind(ChannelKind.Stim));
        Assert.Contains("1 eeg, 1 mag, 1 eog, 1 resp", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Mixed.Pick([4]));
    }
}
