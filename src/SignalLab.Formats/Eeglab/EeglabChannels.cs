using SignalLab.Formats.Electrodes;
using SignalLab.Formats.Mat;
using SignalLab.Model;

namespace SignalLab.Formats.Eeglab;

/// <summary>Channels with their kinds and positions. EEGLAB's x points where <c>chaninfo.nosedir</c> says, to the nose by default, y to the left; it states no unit of length.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="Fiducials">Landmarks that stand apart from the channels.</param>
internal sealed record EeglabChannels(IReadOnlyList<Channel> Channels, IReadOnlyList<Sensor> Fiducials)
{
    /// <summary>Radius of the sphere that positions without a unit are scaled to, in metres.</summary>
    private const double HeadRadiusMetres = 0.095;

    /// <summary>The channels of a dataset.</summary>
    /// <param name="fields">The dataset.</param>
    /// <param name="table">Its samples.</param>
    /// <param name="remarks">Receives what is suspicious.</param>
    public static EeglabChannels Of(EeglabFields fields, EeglabSampleTable table, List<string> remarks)
    {
        var locations = fields["chanlocs"] as MatStruct;
        var info = fields["chaninfo"] as MatStruct;
        var nose = info?.Field(0, "nosedir").AsText() ?? "+X";
        if (locations is { Count: > 0 } && locations.Count != table.ChannelCount)
        {
            remarks.Add(FormattableString.Invariant($"The dataset has {table.ChannelCount} channels and {locations.Count} channel locations: names and positions are given in order as far as they go."));
        }

        var channels = new Channel[table.ChannelCount];
        for (var c = 0; c < channels.Length; c++)
        {
            var label = locations?.Field(c, "labels").AsText() ?? FormattableString.Invariant($"EEG {c:000}");
            var kind = KindOf(locations?.Field(c, "type").AsText());
            channels[c] = new Channel(label, kind, UnitOf(kind, locations?.Field(c, "unit").AsText()), table.RateHz, table.SampleCount)
            {
                Sensor = locations is not null && Position(locations, c, nose) is { } position ? new Sensor(label, position) : null,
            };
        }

        var landmarks = Landmarks(info?.Field(0, "nodatchans") as MatStruct, nose);
        return Placed(channels, landmarks, remarks);
    }

    private static EeglabChannels Placed(Channel[] channels, List<Sensor> landmarks, List<string> remarks)
    {
        double[] distances = [.. channels.Select(c => c.Sensor?.PositionMetres.Norm).OfType<double>().Where(d => d > 0).Order()];
        if (distances.Length == 0)
        {
            return new([.. channels.Select(c => c with { Sensor = null })], []);
        }

        remarks.Add("The file states no unit of length: positions are scaled to a head of 0.095 m (median distance from the origin).");
        var scale = HeadRadiusMetres / ((distances[(distances.Length - 1) / 2] + distances[distances.Length / 2]) / 2);
        Sensor Scaled(Sensor s) => s with { PositionMetres = scale * s.PositionMetres };
        int[] located = [.. Enumerable.Range(0, channels.Length).Where(c => channels[c].Sensor is not null)];
        var layout = new SensorLayout(Frame.Electrodes, [.. located.Select(c => Scaled(channels[c].Sensor!))], [.. landmarks.Select(Scaled)], "").InHeadFrame();
        for (var i = 0; i < located.Length; i++)
        {
            channels[located[i]] = channels[located[i]] with { Sensor = layout.Sensors[i], Frame = layout.Frame };
        }

        return new(channels, layout.Fiducials);
    }

    private static List<Sensor> Landmarks(MatStruct? points, string nose)
    {
        var found = new List<Sensor>();
        for (var i = 0; i < (points?.Count ?? 0); i++)
        {
            var name = points!.Field(i, "labels").AsText()?.ToUpperInvariant() switch
            {
                "NASION" or "NAS" or "NZ" or "FIDNZ" => "nasion",
                "LPA" or "FIDT9" or "LHT" => "lpa",
                "RPA" or "FIDT10" or "RHT" => "rpa",
                _ => null,
            };
            if (name is not null && found.All(s => s.Name != name) && Position(points, i, nose) is { } position)
            {
                found.Add(new(name, position));
            }
        }

        return found;
    }

    private static Point3? Position(MatStruct locations, int element, string nose)
    {
        double? Number(string field) => locations.Field(element, field).AsNumber() is { } value && double.IsFinite(value) ? value : null;
        Point3? inFile = Number("X") is { } x && Number("Y") is { } y && Number("Z") is { } z ? new(x, y, z) : null;
        if (inFile is { } p)
        {
            return nose.ToUpperInvariant() switch
            {
                "+Y" => p,
                "-X" => new(p.Y, -p.X, p.Z),
                "-Y" => new(-p.X, -p.Y, p.Z),
                _ => new(-p.Y, p.X, p.Z),
            };
        }

        if (Number("sph_theta") is { } azimuth && Number("sph_phi") is { } elevation)
        {
            return SphericalAngles.FromThetaPhi(90 - elevation, azimuth + 90, Number("sph_radius") ?? 1);
        }

        return Number("theta") is { } theta && Number("radius") is { } radius ? SphericalAngles.FromPolar(theta, radius) : null;
    }

    /// <summary>How a unit that is not known is written.</summary>
    public const string NoUnit = "n/a";

    /// <summary>True for kinds whose samples are potentials, in microvolts by EEGLAB's convention.</summary>
    /// <param name="kind">The kind.</param>
    public static bool IsPotential(ChannelKind kind) =>
        kind is ChannelKind.Eeg or ChannelKind.Seeg or ChannelKind.Ecog or ChannelKind.Eog or ChannelKind.Ecg or ChannelKind.Emg;

    // Of other quantities the convention says nothing, unless the location does (BIDS datasets). A unit of potential, or one that is not understood, does not overrule the convention.
    private static Unit UnitOf(ChannelKind kind, string? stated)
    {
        var unit = stated is null or NoUnit ? Unit.Unknown : Unit.Parse(stated);
        return IsPotential(kind) && (stated is null || unit.ConvertsTo(Unit.Volt) || (stated != NoUnit && !unit.IsKnown)) ? Unit.Microvolt : unit;
    }

    /// <summary>The type that a written channel states.</summary>
    /// <param name="kind">The kind.</param>
    public static string TypeOf(ChannelKind kind) => kind switch
    {
        ChannelKind.Other => "OTHER",
        ChannelKind.Position => "POS",
        ChannelKind.Mag or ChannelKind.Grad or ChannelKind.RefMeg or ChannelKind.Nirs or ChannelKind.Pressure => "MISC",
        ChannelKind.Sound => "AUDIO",
        _ => kind.ToString().ToUpperInvariant(),
    };

    /// <summary>The kind that a location's type means; EEG where it is missing or no known word.</summary>
    /// <param name="type">The type.</param>
    public static ChannelKind KindOf(string? type) => type?.Trim().ToUpperInvariant() switch
    {
        null or "" or "EEG" => ChannelKind.Eeg,
        "SEEG" => ChannelKind.Seeg,
        "ECOG" or "IEEG" => ChannelKind.Ecog,
        "EOG" or "VEOG" or "HEOG" => ChannelKind.Eog,
        "ECG" or "EKG" => ChannelKind.Ecg,
        "EMG" => ChannelKind.Emg,
        "MEG" or "MEGMAG" => ChannelKind.Misc,
        "STIM" or "TRIG" or "TRIGGER" => ChannelKind.Stim,
        "RESP" => ChannelKind.Resp,
        "GSR" or "EDA" => ChannelKind.Gsr,
        "PPG" or "PLETH" => ChannelKind.Pleth,
        "TEMP" => ChannelKind.Temp,
        "ACC" or "POS" => ChannelKind.Position,
        "AUX" or "MISC" => ChannelKind.Misc,
        "SPO2" => ChannelKind.SpO2,
        "AUDIO" => ChannelKind.Sound,
        "OTHER" => ChannelKind.Other,
        _ => ChannelKind.Eeg,
    };
}
