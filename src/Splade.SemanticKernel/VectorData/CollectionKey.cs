using System.Globalization;

namespace Splade.SemanticKernel.VectorData;

/// <summary>Keys of records as the ids of a table, and back.</summary>
internal static class CollectionKey
{
    public const string SupportedTypes = "string, int, long, Guid";

    public static bool IsSupported(Type type) => type == typeof(string) || type == typeof(int) || type == typeof(long) || type == typeof(Guid);

    /// <exception cref="ArgumentException">The key is of another type than the collection's.</exception>
    public static string ToId(object key, Type type, string parameter) => key.GetType() == type
        ? Convert.ToString(key, CultureInfo.InvariantCulture)!
        : throw new ArgumentException($"Found a key of type {key.GetType().Name}, expected {type.Name}, the type of the collection's key property.", parameter);
}
