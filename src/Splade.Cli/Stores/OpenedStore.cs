using Splade.AI;
using Splade.AI.Hybrid;

namespace Splade.Cli.Stores;

/// <summary>A store and what searches it.</summary>
/// <param name="Store">The store.</param>
/// <param name="Retriever">The models over it.</param>
/// <param name="Engine">A SPLADE model among them, whose tokens texts are measured by; null if there is none.</param>
internal sealed record OpenedStore(IHybridStore Store, HybridRetriever Retriever, SpladeEngine? Engine);
