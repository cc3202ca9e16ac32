namespace Splade.AI.Policy.Json;

/// <summary>A place in a policy file. Lines and columns count from 1, columns in UTF-16 code units.</summary>
internal sealed record PolicyPosition(string Source, int Line, int Column)
{
    /// <summary>The place as compilers write it: <c>policy.json(12,5)</c>.</summary>
    public override string ToString() => $"{Source}({Line},{Column})";
}
