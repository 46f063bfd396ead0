using System.Globalization;
using System.Reflection;
using SignalLab.Analysis.Maps;
using SignalLab.Model;

namespace SignalLab.Analysis.Ecg.Intervals;

/// <summary>
/// The potential over the front of the chest. Twelve leads know it at nine places: six precordial electrodes and three limb electrodes, each against Wilson's central terminal;
/// everything between is a spline, and nothing was measured on the back.
/// </summary>
public static class BodySurface
{
    private const double RadiusMetres = 0.15;
    private const string Remark = "Measured at nine places only (V1 to V6 and three limb electrodes against Wilson's central terminal, on nominal places of a round torso); all between is interpolated, and the rim of the map, which is towards the back, is extrapolated.";

    private static readonly Lazy<SensorLayout> Places = new(Load);

    /// <summary>The torso's frame: x to the left arm, y to the head, z to the front.</summary>
    public static Frame Torso { get; } = new("torso");

    /// <summary>The nine places, metres.</summary>
    public static SensorLayout Layout => Places.Value;

    extension(Recording recording)
    {
        /// <summary>The potentials at the nine places at one time.</summary>
        /// <param name="timeSeconds">Seconds since the first sample; of a median beat, since its beginning.</param>
        /// <returns>A map over <see cref="Layout"/> in mV.</returns>
        /// <exception cref="UnfitInputException">V1 to V6 or two limb leads are missing, their units are no voltages, or nothing was recorded then.</exception>
        public ParameterMap TorsoPotentialsAt(double timeSeconds)
        {
            var values = recording.LeadsAt(timeSeconds);
            double Of(string name) => values.TryGetValue(name, out var value)
                ? value
                : LimbLeads.From(name, values.Keys) is var (first, a, second, b)
                    ? (a * values[first]) + (b * values[second])
                    : throw new UnfitInputException($"A body-surface map needs V1 to V6 and two limb leads; {name} is not there and cannot be derived.");

            // A limb electrode against the central terminal is two thirds of its augmented lead.
            double[] potentials = [.. Layout.Sensors.Select(s => s.Name switch { "RA" => 2 * Of("aVR") / 3, "LA" => 2 * Of("aVL") / 3, "LL" => 2 * Of("aVF") / 3, _ => Of(s.Name) })];
            return new ParameterMap(Quantity.ElectricPotential, Unit.Millivolt, new SensorSupport(Layout), new MemoryValues(potentials, potentials.Length))
            {
                Kind = MapKind.Derived,
                Subject = recording.Subject,
                Remarks = [Remark],
                Provenance = recording.Provenance.Then(ProcessingStep.Of("torso potentials", ("time_s", timeSeconds), ("reference", "Wilson's central terminal"))),
            };
        }

        /// <summary>The body-surface potential map of one time, seen from the front: the left arm is on the right.</summary>
        /// <param name="timeSeconds">Seconds since the first sample.</param>
        /// <returns>The map, made by the same spline as maps of the scalp.</returns>
        /// <exception cref="UnfitInputException">As for <see cref="TorsoPotentialsAt"/>.</exception>
        public Topography BodySurfaceMapAt(double timeSeconds) => recording.TorsoPotentialsAt(timeSeconds).ToTopography(new TopographyOptions { Sphere = new HeadSphere(new(0, 0, 0), RadiusMetres) }) with
        {
            Title = FormattableString.Invariant($"{timeSeconds:0.###} s"),
            IsHead = false,
        };

        private Dictionary<string, double> LeadsAt(double timeSeconds)
        {
            var values = new Dictionary<string, double>(StringComparer.Ordinal);
            for (var c = 0; c < recording.Channels.Count; c++)
            {
                if (AverageLeads.NameOf(recording.Channels[c].Label) is not { } name || values.ContainsKey(name) || !recording.Channels[c].Unit.ConvertsTo(Unit.Millivolt))
                {
                    continue;
                }

                var run = recording.Runs(c).LastOrDefault(r => r.OnsetSeconds <= timeSeconds + 1e-9);
                var sample = run.FirstSample + (long)Math.Round((timeSeconds - run.OnsetSeconds) * recording.Channels[c].RateHz);
                if (!double.IsFinite(timeSeconds) || sample < run.FirstSample || sample >= run.EndSample)
                {
                    throw new UnfitInputException(FormattableString.Invariant($"Nothing was recorded at {timeSeconds} s."));
                }

                Span<double> one = [0];
                recording.Samples.Read(c, sample, one);
                values[name] = recording.Channels[c].Unit.Convert(one[0], Unit.Millivolt);
            }

            return values;
        }
    }

    // Every electrode on the sphere: the height decides how far from the body's axis it is.
    private static SensorLayout Load()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("SignalLab.Analysis.Ecg.Intervals.torso.tsv")
            ?? throw new InvalidOperationException("The table torso.tsv is not in the assembly.");
        using var reader = new StreamReader(stream);
        var rows = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(l => l[0] != '#').Skip(1).Select(l => l.TrimEnd('\r').Split('\t'));
        return new SensorLayout(
            Torso,
            [.. rows.Select(r =>
            {
                var (sin, cos) = Math.SinCos(double.Parse(r[1], CultureInfo.InvariantCulture) * Math.PI / 180);
                var height = double.Parse(r[2], CultureInfo.InvariantCulture);
                var across = Math.Sqrt((RadiusMetres * RadiusMetres) - (height * height));
                return new Sensor(r[0], new(across * sin, height, across * cos));
            })],
            [],
            "nominal sites of a 12-lead ECG on a round torso");
    }
}
