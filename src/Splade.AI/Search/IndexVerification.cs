namespace Splade.AI.Search;

/// <summary>Describes what a check of all files of an index found.</summary>
/// <param name="Files">How many files were read; none of an index in memory.</param>
/// <param name="Bytes">How many bytes they have.</param>
/// <param name="Damage">What is wrong, one error for each file, which it names; nothing if all is well.</param>
public sealed record IndexVerification(int Files, long Bytes, IReadOnlyList<SearchStorageException> Damage)
{
    /// <summary>Gets a value indicating whether all is well.</summary>
    public bool IsSound => Damage.Count == 0;
}
