namespace Splade.AI.Weights.Torch;

/// <summary>A dictionary of a pickle. What it needs for items it takes with the first one: many stay empty.</summary>
internal sealed class PickleDictionary
{
    private Dictionary<string, object?>? _items;

    /// <summary>The items by name.</summary>
    public IReadOnlyDictionary<string, object?> Items => _items ?? [];

    /// <exception cref="FormatException">The key is no text, or is there already.</exception>
    public void Add(object? key, object? value)
    {
        string name = key as string ?? throw new FormatException("A dictionary in it has a key that is no text.");
        if (!(_items ??= new(StringComparer.Ordinal)).TryAdd(name, value))
        {
            throw new FormatException($"A dictionary in it names '{name}' twice.");
        }
    }
}
