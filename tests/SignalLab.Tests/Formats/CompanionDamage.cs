using System.Globalization;
using SignalLab.Formats;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>Damages a file that lies beside a sample: cuts and changed bytes.</summary>
internal static class CompanionDamage
{
    // More on demand, as for the samples themselves.
    private static readonly int Trials = int.TryParse(Environment.GetEnvironmentVariable("SIGNALLAB_DAMAGE_TRIALS"), NumberStyles.None, CultureInfo.InvariantCulture, out var trials) ? trials : 30;

    /// <summary>Opens and reads the sample beside each damaged copy; anything but a result or one clear error fails.</summary>
    /// <param name="format">The format.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="companion">The file that is damaged, and mended afterwards.</param>
    public static void Run(IFormat format, string sample, string companion)
    {
        var whole = File.ReadAllBytes(companion);
        var random = new Random(6);
        for (var trial = 0; trial < Trials; trial++)
        {
            var bytes = random.Next(4) == 0 ? whole[..random.Next(whole.Length)] : [.. whole];
            for (var n = random.Next(1, 6); n > 0 && bytes.Length > 0; n--)
            {
                bytes[random.Next(random.Next(3) == 0 ? bytes.Length : Math.Min(bytes.Length, 4096))] = random.Next(4) switch { 0 => 0, 1 => 255, 2 => (byte)'9', _ => (byte)random.Next(256) };
            }

            File.Delete(companion);
            File.WriteAllBytes(companion, bytes);
            try
            {
                foreach (var recording in format.Open(sample).Recordings)
                {
                    Assert.All(recording.Annotations, a => Assert.True(double.IsFinite(a.OnsetSeconds) && a.DurationSeconds >= 0));
                    for (var c = 0; c < recording.Channels.Count; c++)
                    {
                        recording.ReadAll(c);
                    }
                }
            }
            catch (Exception e) when (e is MalformedFileException or UnfitInputException)
            {
                Assert.DoesNotContain('\n', e.Message);
            }
        }

        File.Delete(companion);
        File.WriteAllBytes(companion, whole);
    }
}
