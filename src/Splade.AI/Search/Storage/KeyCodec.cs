namespace Splade.AI.Search.Storage;

/// <summary>The types of keys that a folder can hold.</summary>
internal static class KeyCodec
{
    /// <summary>The name of a type of keys, as folders have it.</summary>
    /// <exception cref="NotSupportedException">Keys of this type cannot be kept on disk.</exception>
    public static string NameOf<TKey>() => typeof(TKey) switch
    {
        Type type when type == typeof(string) => "string",
        Type type when type == typeof(int) => "int",
        Type type when type == typeof(long) => "long",
        Type type when type == typeof(Guid) => "guid",
        Type type => throw new NotSupportedException(
            $"Found keys of type {type}, expected string, int, long or Guid: only these can be kept in a folder. Use one of them, or an index in memory."),
    };

    /// <summary>How keys of a type lie in files.</summary>
    /// <exception cref="NotSupportedException">Keys of this type cannot be kept on disk.</exception>
    public static ICodec<TKey> Of<TKey>() => NameOf<TKey>() switch
    {
        "string" => (ICodec<TKey>)(object)new TextCodec(),
        "int" => (ICodec<TKey>)(object)new NumberCodec<int>(),
        "long" => (ICodec<TKey>)(object)new NumberCodec<long>(),
        _ => (ICodec<TKey>)(object)new NumberCodec<Guid>(),
    };
}
