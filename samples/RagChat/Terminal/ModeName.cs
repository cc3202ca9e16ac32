using Splade.AI.Hybrid;

namespace RagChat.Terminal;

/// <summary>Search modes as they are typed and shown.</summary>
internal static class ModeName
{
    public const string Choice = "sparse, dense or hybrid";

    public static string Of(SearchMode mode) => mode.ToString().ToLowerInvariant();

    public static bool TryParse(string name, out SearchMode mode)
    {
        // Not Enum.TryParse: it takes numbers too.
        SearchMode[] named = [.. Enum.GetValues<SearchMode>().Where(m => Of(m).Equals(name, StringComparison.OrdinalIgnoreCase))];
        mode = named.FirstOrDefault();
        return named.Length > 0;
    }
}
