using System.Text;

namespace Splade.AI.Postgres;

/// <summary>Names of schemas, tables and columns, and other short texts that PostgreSQL keeps.</summary>
internal static class SqlNames
{
    /// <summary>Of longer names PostgreSQL cuts the end without an error.</summary>
    public const int Longest = 63;

    /// <summary>Room for what is added in names of sequences and partitions.</summary>
    public const int LongestTable = 50;

    /// <summary>A name as it stands in a statement, whatever is in it.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <exception cref="ArgumentException">It is empty, too long, or nothing that PostgreSQL keeps.</exception>
    public static string Require(string value, int bytes, string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(value, parameter);
        if (PostgresText.FindProblem(value) is string problem)
        {
            throw new ArgumentException($"Found {problem}, expected a text that PostgreSQL keeps.", parameter);
        }

        int found = Encoding.UTF8.GetByteCount(value);
        return found <= bytes ? value : throw new ArgumentException($"Found {found} bytes of UTF-8, expected at most {bytes}: '{value}'.", parameter);
    }
}
