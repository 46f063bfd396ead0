using SignalLab.Model;

namespace SignalLab.Tests.Formats;

/// <summary>Equality of what a source analysis keeps beside its recording, number by number.</summary>
internal static class ModelEquality
{
    public static void AssertSame(Study expected, Study actual)
    {
        AssertSame(expected.Surfaces, actual.Surfaces, s => s.Name, s => s.Mesh.Frame, s => s.ConductivitySiemensPerMetre, s => s.Mesh.Vertices, s => s.Mesh.Triangles, s => s.Normals);
        AssertSame(
            expected.SourceSpaces, actual.SourceSpaces, s => s.Kind, s => s.Frame, s => s.Name, s => s.SubjectId, s => s.PositionsMetres, s => s.Normals, s => s.Used, s => s.Triangles, s => s.UsedTriangles, s => s.Nearest, s => s.Grid);
        AssertSame(
            expected.NoiseCovariances, actual.NoiseCovariances, c => c.Channels, c => c.DegreesOfFreedom, c => c.IsDiagonal, c => c.Method, c => c.BadChannels, c => c.Projectors.Count,
            c => Enumerable.Range(0, c.Channels.Count).SelectMany(i => Enumerable.Range(0, c.Channels.Count).Select(j => c[i, j])));
        AssertSame(
            expected.LeadFields, actual.LeadFields, l => l.Sensors.Sensors, l => l.Kinds, l => l.IsFixed, l => l.Frame, l => l.SourceCount, l => l.Transforms, l => l.BadChannels,
            l => Enumerable.Range(0, l.Kinds.Count).SelectMany(l.Row));
        AssertSame(expected.Projectors, actual.Projectors, p => p.Name, p => p.IsActive, p => p.Channels, p => p.Vectors.SelectMany(v => v));
        Assert.Equal(expected.Events, actual.Events);
        Assert.Equal(expected.Dipoles, actual.Dipoles);
        Assert.Equal(expected.Transforms, actual.Transforms);
        Assert.Equal(expected.HeadPositions, actual.HeadPositions);
        Assert.Equal(expected.Neighbours?.Labels, actual.Neighbours?.Labels);
        Assert.Equal(expected.Neighbours?.Pairs, actual.Neighbours?.Pairs);
        AssertSame(expected.CoilDefinitions, actual.CoilDefinitions, c => c.CoilType, c => c.Class, c => c.Accuracy, c => c.SizeMetres, c => c.BaselineMetres, c => c.Description, c => c.Points);
        Assert.Equal(expected.CrossTalk?.Rows, actual.CrossTalk?.Rows);
        Assert.Equal(expected.CrossTalk?.Values.SelectMany(v => v), actual.CrossTalk?.Values.SelectMany(v => v));
        foreach (var (a, b) in expected.Recordings.Zip(actual.Recordings))
        {
            AssertSame(a.Compensations, b.Compensations, c => c.Name, c => c.Grade, c => c.Coefficients.Rows, c => c.Coefficients.Columns, c => c.Coefficients.Values.SelectMany(v => v));
            Assert.Equal(a.Channels.Select(c => c.CompensationGrade), b.Channels.Select(c => c.CompensationGrade));
        }
    }

    private static void AssertSame<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual, params Func<T, object?>[] parts)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach (var (a, b) in expected.Zip(actual))
        {
            Assert.All(parts, part => Assert.Equal(part(a), part(b)));
        }
    }
}
