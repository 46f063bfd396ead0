namespace SignalLab.Tests.Formats.Meg;

/// <summary>Small BTi recordings made for tests: data file, configuration and head shape.</summary>
internal static class BtiSample
{
    public static readonly (string Name, string Label, int Type, float UnitsPerBit, float Gain)[] Channels =
    [
        ("TRIGGER", "TRIGGER", 5, 1, 1), ("A2", "B2", 1, 2e-14f, 2), ("A1", "B1", 1, 1e-14f, 1), ("R1", "GxxA", 3, 1e-14f, 1), ("R2", "GyxA", 3, 1e-14f, 1), ("R3", "MxA", 3, 1e-12f, 1),
        ("E1", "Cz", 2, 1e-6f, 1), ("X1", "X1", 4, 1e-3f, 1), ("S1", "", 8, 1, 1), ("U1", "UACurrent", 6, 1, 1), ("D1", "SUM", 7, 1, 1),
    ];

    /// <summary>A stored number.</summary>
    public static int Stored(int channel, int sample) => (((channel + 1) * 53 * sample) % 1000) - 500;

    /// <summary>Writes the three files.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="format">1 to 4: 16-bit, 32-bit, float, double.</param>
    /// <param name="epochs">Samples of each epoch.</param>
    /// <returns>The data file.</returns>
    public static string Write(string folder, int format, params int[] epochs)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "config"), Config());
        File.WriteAllBytes(Path.Combine(folder, "hs_file"), HeadShape());
        var path = Path.Combine(folder, "c,rfDC");
        File.WriteAllBytes(path, Data(format, epochs));
        return path;
    }

    private static BinaryBuilder Big() => new(isBigEndian: true);

    private static byte[] Data(int format, int[] epochs)
    {
        var b = Big();
        for (var s = 0; s < epochs.Sum(); s++)
        {
            int[] row = [.. Enumerable.Range(0, Channels.Length).Select(c => Stored(c, s))];
            _ = format switch { 1 => b.Int16(row), 2 => b.Int32(row), 3 => b.Single([.. row.Select(v => (float)v)]), _ => b.Double([.. row.Select(v => (double)v)]) };
        }

        var start = b.Align(8).Length;
        b.Int16(1).Text("Bts", 5).Zero(1).Int16(format, 1).Int32(epochs.Length, 0, 1, 1).Single(1 / 200f).Text("s", 16).Int32(2).Int16(Channels.Length, 0).Int32(0, 0).Int16(0, 0).Int32(0).Zero(20).Align(8);
        foreach (var count in epochs)
        {
            b.Int32(count).Zero(52);
        }

        // Listed in another order than they are stored.
        for (var i = Channels.Length - 1; i >= 0; i--)
        {
            b.Text(Channels[i].Label, 16).Int16(i + 10, 0).Single(1).Text(Channels[i].Type is 1 or 3 ? "T" : "V", 16).Int16(1).Zero(6).Double(0, 0).Int32(i, 0).Zero(32);
        }

        b.Text("Trigger", 16).Single(0, 0.01f, 0).Int16(1).Int32(0).Zero(32).Align(8);
        Process(b, "B_file_create", 1_400_000_000, 0);
        Process(b, "B_hw_filt", 1_400_000_001, 3);
        Step(b, "b_filt_hp").Single(0.1f).Zero(32).Align(8);
        Step(b, "b_filt_b_pass").Single(1, 40).Zero(32).Align(8);
        Step(b, "g_extr_epochs").Int32(3).Zero(32 + 3).Align(8);
        return b.Int32(0, start).ToArray();
    }

    private static void Process(BinaryBuilder b, string kind, int time, int steps) =>
        b.Int32(0).Text(kind, 20).Int32(0).Text("user", 32).Int32(time).Text("file", 256).Int32(steps).Zero(32).Align(8);

    private static BinaryBuilder Step(BinaryBuilder b, string kind) => b.Int32(64).Text(kind, 20).Int32(0);

    private static byte[] Config()
    {
        var b = Big().Int16(1).Text("site", 32).Text("host", 16).Int16(7).Int32(0).Int16(50, Channels.Length).Single(1, 1).Int16(1, 2, 0, 0).Int32(0).Zero(32);
        Transform(b, 0, 0, 0.1);
        UserBlock(b, "B_unknown", 13).Zero(13).Align(8);
        UserBlock(b, "b_eeg_elec_locs", 80).Text("Cz", 16).Double(0, 0, 0.12).Text("", 16).Double(0, 0, 0).Align(8);
        for (var i = 0; i < Channels.Length; i++)
        {
            var (name, _, type, unitsPerBit, gain) = Channels[i];
            b.Text(name, 16).Int16(i + 10, type, 0, 0).Single(gain, unitsPerBit).Text("T", 16).Double(0).Int32(0).Zero(32).Align(8).Zero(40);
            switch (type)
            {
                case 1 or 3:
                    Transform(b.Single(0).Zero(4), 0.01 * i, 0.02, 0.1);
                    b.Int16(1, type == 1 ? 1 : 2).Zero(36).Zero(104 * (type == 1 ? 1 : 2));
                    break;
                case 2:
                    Transform(b.Zero(8), 0, 0, 0).Zero(32);
                    break;
                case 5:
                    b.Zero(38);
                    break;
                case 8:
                    b.Zero(32);
                    break;
                default:
                    b.Zero(36);
                    break;
            }

            b.Align(8);
        }

        return b.ToArray();
    }

    private static BinaryBuilder Transform(BinaryBuilder b, double x, double y, double z) => b.Double(1, 0, 0, x, 0, 1, 0, y, 0, 0, 1, z, 1, 1, 1, 1);

    private static BinaryBuilder UserBlock(BinaryBuilder b, string kind, int room) => b.Int32(0).Text(kind, 20).Int32(0).Text("user", 32).Int32(0, room).Zero(32).Align(8);

    private static byte[] HeadShape() => Big().Int32(1, 0, 0, 2).Double(0, 0.08, 0, 0, -0.08, 0, 0.1, 0, 0, 0, 0, 0.1, -0.1, 0, 0).Double(0.05, 0.02, 0.09, -0.05, 0, 0.1).ToArray();
}
