using SharpFuzz;

namespace SignalLab.Fuzz;

/// <summary>Lets afl-fuzz or libfuzzer-dotnet choose the bytes; they see which branches of an instrumented SignalLab.Formats.dll were taken.</summary>
internal static class Driver
{
    /// <summary>Runs until the fuzzer has enough.</summary>
    /// <param name="path">A sample: its companions stay whole, its own bytes are the fuzzer's.</param>
    /// <param name="fuzzer">afl or libfuzzer.</param>
    public static int Run(string path, string fuzzer)
    {
        if (Sample.Of(Path.GetFullPath(path)) is not { } sample)
        {
            Console.Error.WriteLine($"{path}: does not open");
            return 2;
        }

        using var scratch = new Scratch(sample, []);
        if (fuzzer == "afl")
        {
            Fuzzer.OutOfProcess.Run(stream =>
            {
                using var memory = new MemoryStream();
                stream.CopyTo(memory);
                Try(sample, scratch, memory.ToArray());
            });
        }
        else
        {
            Fuzzer.LibFuzzer.Run(bytes => Try(sample, scratch, bytes.ToArray()));
        }

        return 0;
    }

    // What is thrown here is the crash that the fuzzer looks for.
    private static void Try(Sample sample, Scratch scratch, byte[] bytes)
    {
        scratch.Write(sample.Parts[0], bytes);
        if (Verdict.Of(() => Verdict.Open(scratch.Path, sample.Format)) is { } fault)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(fault);
        }
    }
}
