# Every host is watched; hosts that pillar names as servers are applied monitoring.server besides.
include:
  - monitoring.client
