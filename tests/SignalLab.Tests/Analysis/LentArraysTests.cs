using System.Runtime.CompilerServices;
using SignalLab.Analysis;

namespace SignalLab.Tests.Analysis;

public sealed class LentArraysTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(1_048_577)]
    [InlineData(9_999_999)]
    public void An_array_is_long_enough_and_hardly_longer(int length)
    {
        var array = LentArrays.Doubles.Rent(length);
        Assert.InRange(array.Length, length, (int)Math.Max(64, length * 1.13));
        LentArrays.Doubles.Return(array);
    }

    [Fact]
    public void Nobody_gets_what_another_still_holds()
    {
        var held = new List<double[]>();
        for (var i = 0; i < 40; i++)
        {
            held.Add(LentArrays.Doubles.Rent(777_777));
        }

        Assert.Equal(40, held.Distinct().Count());
        held.ForEach(a => LentArrays.Doubles.Return(a));
    }

    [Fact]
    public void What_was_given_back_beyond_the_budget_is_let_go()
    {
        // 12 arrays of 16 MB are more than the pool keeps.
        var weak = LendAndReturn(12, 2_097_152);
        GC.Collect();
        Assert.InRange(weak.Count(w => w.IsAlive), 0, 6);
    }

    // Apart, so that no local variable holds on to an array.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] LendAndReturn(int count, int length)
    {
        var arrays = Enumerable.Range(0, count).Select(_ => LentArrays.Doubles.Rent(length)).ToArray();
        foreach (var array in arrays)
        {
            LentArrays.Doubles.Return(array);
        }

        return [.. arrays.Select(a => new WeakReference(a))];
    }
}
