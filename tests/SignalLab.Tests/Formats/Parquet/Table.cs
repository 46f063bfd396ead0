using Parquet;

namespace SignalLab.Tests.Formats.Parquet;

/// <summary>A Parquet file as Parquet.Net reads it.</summary>
/// <param name="Names">Names of the columns.</param>
/// <param name="Units">The unit that stands with each column's first chunk; empty where there is none.</param>
/// <param name="Columns">Their values.</param>
/// <param name="Groups">Number of row groups.</param>
/// <param name="Notes">Keys and values of the file.</param>
internal sealed record Table(string[] Names, string[] Units, double[][] Columns, int Groups, IReadOnlyDictionary<string, string> Notes)
{
    public static Table Read(string path) => ReadAsync(path).GetAwaiter().GetResult();

    private static async Task<Table> ReadAsync(string path)
    {
        using var stream = File.OpenRead(path);
        await using var reader = await ParquetReader.CreateAsync(stream);
        var fields = reader.Schema.DataFields;
        var columns = fields.Select(_ => new List<double>()).ToArray();
        var units = fields.Select(_ => "").ToArray();
        for (var g = 0; g < reader.RowGroupCount; g++)
        {
            using var group = reader.OpenRowGroupReader(g);
            for (var c = 0; c < fields.Length; c++)
            {
                var values = new double[group.RowCount];
                await group.ReadAsync(fields[c], values.AsMemory());
                columns[c].AddRange(values);
                units[c] = group.GetCustomMetadata(fields[c]).GetValueOrDefault("unit", "");
            }
        }

        return new([.. fields.Select(f => f.Name)], units, [.. columns.Select(c => c.ToArray())], reader.RowGroupCount, reader.CustomMetadata);
    }
}
