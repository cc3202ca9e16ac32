namespace Splade.AI;

/// <summary>Implemented by a generator that is one side of an encoder which makes the sparse and the dense vector of a text in one run of its model.</summary>
/// <remarks>Only by the generator itself and by what stands for it: what is put around a generator, such as a cache, must not be passed by.</remarks>
internal interface IJointSide
{
    /// <summary>The encoder; null if there is none after all.</summary>
    IJointEncoder? Joint { get; }
}
