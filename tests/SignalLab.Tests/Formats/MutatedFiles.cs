using SignalLab.Fuzz;
using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>Mutates a file again and again and opens what it belongs to.</summary>
internal static class MutatedFiles
{
    /// <summary>Anything but a result or one clear error fails; afterwards the file is whole.</summary>
    /// <param name="open">Opens the sample.</param>
    /// <param name="file">The sample itself or a file beside it.</param>
    /// <param name="trials">How many mutations.</param>
    public static void AssertBorne(Func<Study> open, string file, int trials)
    {
        var whole = File.ReadAllBytes(file);
        for (var trial = 0; trial < trials; trial++)
        {
            Write(file, Mutation.Of(whole, [], new Random(trial)));
            if (Fuzz.Verdict.Of(open) is { } fault)
            {
                Assert.Fail($"{Path.GetFileName(file)}, mutation {trial}: {fault}");
            }

            if (trial % 64 == 63)
            {
                // Files of studies that nothing refers to any more are given back; a process may hold only so many.
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }

        Write(file, whole);
    }

    /// <summary>Writes a new file each time: an opened study may still hold the last one.</summary>
    /// <param name="file">Its path.</param>
    /// <param name="bytes">Its bytes.</param>
    public static void Write(string file, byte[] bytes)
    {
        File.Delete(file);
        File.WriteAllBytes(file, bytes);
    }
}
