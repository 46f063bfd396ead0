using SignalLab.Model;

namespace SignalLab.Formats.Muse;

/// <summary>The limb leads that follow from I and II: III = II − I, aVR = −(I + II) / 2, aVL = I − II / 2, aVF = II − I / 2.</summary>
/// <remarks>Source: Einthoven's law; E. Goldberger, Am Heart J 23 (1942) 483–492.</remarks>
internal static class LimbLeads
{
    private static readonly (string Name, double OfI, double OfII)[] Derived = [("III", -1, 1), ("aVR", -0.5, -0.5), ("aVL", 1, -0.5), ("aVF", -0.5, 1)];

    /// <summary>Appends those that are not there.</summary>
    /// <param name="channels">The stored leads.</param>
    /// <param name="samples">Their values.</param>
    /// <returns>True where any was appended.</returns>
    public static bool AddTo(List<Channel> channels, List<double[]> samples)
    {
        var (one, two) = (IndexOf(channels, "I"), IndexOf(channels, "II"));
        if (one < 0 || two < 0 || !channels[one].Unit.ConvertsTo(channels[two].Unit))
        {
            return false;
        }

        var added = false;
        var (factor, _) = channels[two].Unit.To(channels[one].Unit);
        foreach (var (name, ofI, ofII) in Derived.Where(d => IndexOf(channels, d.Name) < 0))
        {
            var values = new double[Math.Min(samples[one].Length, samples[two].Length)];
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (ofI * samples[one][i]) + (ofII * factor * samples[two][i]);
            }

            channels.Add(channels[one] with { Label = name, SampleCount = values.Length, Calibration = null });
            samples.Add(values);
            added = true;
        }

        return added;
    }

    private static int IndexOf(List<Channel> channels, string name) => channels.FindIndex(c => c.Label.Equals(name, StringComparison.OrdinalIgnoreCase));
}
