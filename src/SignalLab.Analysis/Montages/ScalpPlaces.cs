using SignalLab.Analysis.Maps;
using SignalLab.Model;

namespace SignalLab.Analysis.Montages;

/// <summary>The good scalp electrodes with their places, in the head frame where the recording knows its fiducials.</summary>
/// <param name="Good">Channel indices.</param>
/// <param name="PositionsMetres">Their places.</param>
/// <param name="Sphere">The sphere that stands for the head.</param>
/// <param name="IsInHeadFrame">True where the places are in the head frame.</param>
internal sealed record ScalpPlaces(int[] Good, Point3[] PositionsMetres, HeadSphere Sphere, bool IsInHeadFrame)
{
    private const double SamePlaceMetres = 1e-6;

    /// <summary>Directions from the sphere's centre.</summary>
    public Point3[] Directions => [.. PositionsMetres.Select(p => (p - Sphere.CentreMetres).Unit())];

    /// <summary>The places of all good scalp electrodes.</summary>
    /// <param name="electrodes">The recording's electrodes.</param>
    /// <param name="purpose">What needs them, for the sentence of a refusal.</param>
    /// <param name="least">The fewest electrodes it works with.</param>
    /// <param name="sphere">The head; null fits it.</param>
    /// <exception cref="UnfitInputException">Too few electrodes, one without a place, two at one place, or no scalp EEG.</exception>
    public static ScalpPlaces Of(Electrodes electrodes, string purpose, int least, HeadSphere? sphere = null)
    {
        var channels = electrodes.Recording.Channels;
        var good = electrodes.GoodScalp;
        if (good.Length > 0 && channels[good[0]].Kind != ChannelKind.Eeg)
        {
            throw new UnfitInputException($"{purpose} needs electrodes on the scalp; the recording's are inside the skull.");
        }

        if (good.Length < least)
        {
            throw new UnfitInputException($"{purpose} needs {least} good scalp electrodes at least, the recording has {good.Length}.");
        }

        int[] unknown = [.. good.Where(c => channels[c].Sensor is null)];
        if (unknown.Length > 0)
        {
            throw new UnfitInputException($"{purpose} needs the place of every good scalp electrode; that of {electrodes.Names(unknown)} is not known: give positions, or mark what is to be left out as bad.");
        }

        var positions = Positions(electrodes.Recording, good);
        for (var i = 0; i < good.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if ((positions[i] - positions[j]).Norm < SamePlaceMetres)
                {
                    throw new UnfitInputException($"{electrodes.ShortName(good[j])} and {electrodes.ShortName(good[i])} are at one place: mark one of them as bad.");
                }
            }
        }

        return new(good, positions, sphere ?? HeadOf(electrodes), electrodes.Recording.LayoutOf(good).InHeadFrame().Frame == Frame.Head);
    }

    /// <summary>Places of channels that have one, in the head frame where fiducials are known.</summary>
    public static Point3[] Positions(Recording recording, int[] channels)
    {
        if (channels.FirstOrDefault(c => recording.Channels[c].Frame != recording.Channels[channels[0]].Frame, -1) is >= 0 and var other)
        {
            throw new UnfitInputException($"Channels '{recording.Channels[channels[0]].Label}' and '{recording.Channels[other].Label}' lie in different frames.");
        }

        return [.. recording.LayoutOf(channels).InHeadFrame().Sensors.Select(s => s.PositionMetres)];
    }

    /// <summary>What is not among the good scalp electrodes, as a remark.</summary>
    public IEnumerable<string> LeftOut(Electrodes electrodes, string montage)
    {
        int[] absent = [.. electrodes.Eeg.Except(Good)];
        return absent.Length == 0 ? [] : [$"Montage {montage}: {electrodes.Names(absent)} left out, bad or no scalp electrode."];
    }

    /// <summary>
    /// The sphere of the digitised scalp points where there are four, else of all placed electrodes of the recording, bad ones too; in the head frame without those
    /// of the face (below and in front of its origin), as MNE-Python fits it.
    /// </summary>
    private static HeadSphere HeadOf(Electrodes electrodes)
    {
        var recording = electrodes.Recording;
        int[] placed = [.. electrodes.Eeg.Where(c => !electrodes.IsEar(c) && recording.Channels[c].Sensor is not null)];
        var layout = recording.LayoutOf(placed).InHeadFrame();
        Point3[] points = [.. layout.Sensors.Select(s => s.PositionMetres)];
        if (layout.Frame != Frame.Head)
        {
            return HeadSphere.Fit(points);
        }

        Point3[] scalp = [.. recording.HeadShape.Where(p => !IsFace(p))];
        Point3[] upper = [.. points.Where(p => !IsFace(p))];
        return HeadSphere.Fit(scalp.Length >= 4 ? scalp : upper.Length >= 4 ? upper : points);
    }

    private static bool IsFace(Point3 p) => p.Z < -1e-6 && p.Y > 1e-6;
}
